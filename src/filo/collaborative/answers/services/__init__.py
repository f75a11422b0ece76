"""Verbs about automatic answers."""
