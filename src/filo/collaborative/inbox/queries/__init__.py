"""Reads that pages, API, jobs and verbs share."""
