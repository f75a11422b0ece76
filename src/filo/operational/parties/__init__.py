"""Persons and organisations, their relationships with us, and one timeline of all that happened."""
