"""Reads that pages, API and jobs share."""
