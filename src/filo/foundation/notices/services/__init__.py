"""Verbs of the notice centre: tell, read, put off, choose, and send by mail."""
