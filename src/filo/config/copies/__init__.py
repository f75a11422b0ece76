"""Copies of an installation: made while it works, brought back whole or not at all, and silent until they are told."""
