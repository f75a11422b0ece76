"""Verbs of products, stock and catalogues."""
