"""Where the time of an import goes, by the kind of work."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class Times:
    """Seconds by the kind of work; some of it is done by another process, at the same time."""

    def __init__(self, before: Mapping[str, float]) -> None:
        self._seconds = defaultdict[str, float](float, before)

    def add(self, found: Mapping[str, float]) -> None:
        """What another process, or another way, has measured."""
        for name, seconds in found.items():
            self._seconds[name] += seconds

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Measure the block."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.add({name: time.perf_counter() - started})

    def as_json(self) -> dict[str, float]:
        """To hundredths of a second."""
        return {name: round(seconds, 2) for name, seconds in self._seconds.items()}
