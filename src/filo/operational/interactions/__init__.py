"""Calls, meetings, notes and letters: date, channel, actors, subject, outcome."""
