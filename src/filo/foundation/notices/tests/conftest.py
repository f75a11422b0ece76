"""The small world, and a kind of notice about a customer."""

from __future__ import annotations

from filo.testing.fixtures import client_of_world, world

__all__ = ["client_of_world", "world"]
