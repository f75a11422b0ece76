"""Pages by which a visitor is recognised, and forgotten."""
