"""Verbs about exports."""
