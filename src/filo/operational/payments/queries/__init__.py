"""Reads about payments that pages, API and jobs share."""
