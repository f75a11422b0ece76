"""Turns: who asks first is served first.

SQLite has one writer at a time, and whoever finds it busy sleeps and looks again: with many writers somebody may sleep
through every gap until his patience ends in *database is locked*. In a line everybody has his turn. Other processes
do not stand in it; for them SQLite's own patience stays.
"""

from __future__ import annotations

import os
from collections import deque
from threading import Lock


class Turns:
    """One line. A turn is given back by whoever has it, from whatever thread."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._line: deque[Lock] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for the turn; gives whether it came within so many seconds."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._line.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine in self._line:
                self._line.remove(mine)
                return False
        return True  # it was handed over in the same moment

    def give(self) -> None:
        """To the next in the line."""
        with self._guard:
            if self._line:
                self._line.popleft().release()
            else:
                self._taken = False


_lines: dict[str, Turns] = {}
_making = Lock()


def turns_of(name: str) -> Turns:
    """The line before a database file."""
    with _making:
        return _lines.setdefault(name, Turns())


def _forget() -> None:
    """A forked process has none of the threads that stood in line."""
    global _making
    _making = Lock()
    _lines.clear()


os.register_at_fork(after_in_child=_forget)
