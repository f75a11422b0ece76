"""Reads that pages, API, import and other topics share."""
