"""Reads that pages, API and paper share."""
