"""Fixtures for the tests inside apps."""

from filo.testing.fixtures import client_of_world, english, open_world, world

__all__ = ["client_of_world", "english", "open_world", "world"]
