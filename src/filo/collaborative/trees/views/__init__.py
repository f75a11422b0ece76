"""Doors of decision trees."""
