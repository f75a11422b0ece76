"""Doors to the day of the team and its plans."""
