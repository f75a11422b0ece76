"""How it stands with looking at pages together."""
