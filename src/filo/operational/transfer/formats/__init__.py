"""Kinds of files, a module each, found by directory: what it is known by, and how it becomes a plain table."""
