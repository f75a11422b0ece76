"""Verbs about doubles: looking for them, and what people decide about them."""
