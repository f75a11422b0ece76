"""Verbs about checks at VIES."""
