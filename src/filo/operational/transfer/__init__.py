"""Customers brought in from files, every row accounted for."""
