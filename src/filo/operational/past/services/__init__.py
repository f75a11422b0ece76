"""Verbs of past orders: they arrive with an import, and leave with it."""
