"""Sequences are written, started, sent and stopped."""
