"""One line on a terminal that tells what is being done and how far it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

Tell = Callable[[str, int, int], None]
EVERY = 0.2


def in_silence(_says: str, _done: int, _of: int) -> None:
    """For who does not want to be told."""


class Line:
    """Counts bytes, or rows where the work names them, with rate and time left; nothing where nobody looks."""

    def __init__(self, unit: str = "MB") -> None:
        self._is_shown = sys.stderr.isatty()
        self._unit, self._says = unit, ""
        self._began = self._told = 0.0

    def __call__(self, says: str, done: int, of: int) -> None:
        """Say how far one part of the work is."""
        now = time.monotonic()
        if says != self._says:
            self.end()
            self._says, self._began, self._told = says, now, 0.0
        if not self._is_shown or (now - self._told < EVERY and done < of):
            return
        self._told = now
        unit = "rows" if says.endswith(" rows") else self._unit
        size = 1_000_000 if unit == "MB" else 1
        rate = done / max(now - self._began, 0.001)
        left = f", {max(0, of - done) / rate:.0f} s left" if rate and of else ""
        total = f" of {of / size:.0f}" if of else ""
        line = f"filo: {says}, {done / size:.0f}{total} {unit}, {rate / size:.0f} {unit}/s{left}"
        print(f"\r{line:<78}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def end(self) -> None:
        """Leave the line."""
        if self._is_shown and self._says:
            print(file=sys.stderr)  # noqa: T201
        self._says = ""
