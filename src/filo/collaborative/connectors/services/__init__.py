"""Verbs about back offices."""
