"""Orders: what customers buy, what has left, and what came back."""
