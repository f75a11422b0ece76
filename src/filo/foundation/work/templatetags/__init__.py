"""Template filters of work."""
