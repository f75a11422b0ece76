"""Filo: one customer base, one timeline, one visibility rule."""

__version__ = "0.1.0"
