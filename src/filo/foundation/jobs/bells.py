"""One bell a queue, between the threads of this process."""

from __future__ import annotations

from functools import cache

from filo.foundation.events.bell import Bell


@cache
def queue_bell(queue: str) -> Bell:
    """The bell that wakes the workers of a queue."""
    return Bell()
