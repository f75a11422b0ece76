"""Filters of the pages of automatic answers."""
