"""Reads a raw mail: what it is, who writes what to whom, and what was written anew. Nothing here knows Django."""
