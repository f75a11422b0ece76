"""Verbs about fields, and the keeping of their values."""
