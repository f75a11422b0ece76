"""Reads about articles that pages, API and jobs share."""
