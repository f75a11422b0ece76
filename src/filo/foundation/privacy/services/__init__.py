"""Verbs of privacy: rules of retention, what they let go, and holds."""
