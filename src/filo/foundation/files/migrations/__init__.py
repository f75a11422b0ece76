"""The steps that made the tables."""
