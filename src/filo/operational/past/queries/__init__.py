"""Reads of past orders."""
