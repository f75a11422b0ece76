"""Breaks a throw-away copy of Filo on purpose, and counts by id what was lost, doubled or made up."""
