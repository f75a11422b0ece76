"""A bell between threads of one process: who commits work rings it, who waits for work wakes up."""

from __future__ import annotations

import threading


class Bell:
    """Rings are not counted: a ring while nobody waits is heard by the next who does."""

    def __init__(self) -> None:
        self._rung = threading.Event()

    def ring(self) -> None:
        """Wake who waits, or let the next wait end at once."""
        self._rung.set()

    def wait(self, seconds: float) -> bool:
        """Sleep until the bell rings, at most `seconds`; says whether it rang."""
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang


relay_bell = Bell()
