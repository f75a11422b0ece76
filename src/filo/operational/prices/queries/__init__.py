"""Reads that pages, API, jobs and higher apps share."""
