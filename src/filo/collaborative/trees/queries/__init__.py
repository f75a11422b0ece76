"""Reads about decision trees."""
