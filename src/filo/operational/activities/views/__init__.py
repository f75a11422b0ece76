"""Doors to tasks and to the calendar."""
