"""Reads about parties that pages, API and reports share."""
