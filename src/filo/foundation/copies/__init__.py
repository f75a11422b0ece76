"""Copies of an installation: when the last backup was made, and whether this one is a copy that has to keep silent."""
