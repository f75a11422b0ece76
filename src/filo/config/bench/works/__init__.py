"""The kinds of work that are measured, one line each in the tables."""
