"""Filters of this topic."""
