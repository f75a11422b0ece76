"""Verbs about conversations, one family a file."""
