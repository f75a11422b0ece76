"""Doors to the calendars of other programs."""
