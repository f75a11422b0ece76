"""Reads about quotes that pages, API and jobs share."""
