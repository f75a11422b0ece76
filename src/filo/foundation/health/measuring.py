"""Counts what a piece of work asks of the database, and names the queries that are slow."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

log = logging.getLogger("filo.slow")
LONGEST_TEXT = 2000


class Measure:
    """Stands around every query of one request or job (`connection.execute_wrapper`)."""

    __slots__ = ("_slow", "queries", "seconds", "started")

    def __init__(self) -> None:
        self.queries = 0
        self.seconds = 0.0
        self.started = time.perf_counter()
        self._slow = settings.SLOW_QUERY_MS / 1000

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - started
            self.queries += 1
            self.seconds += took
            if took >= self._slow:
                _name_slow(sql, took)

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.perf_counter() - self.started


def _name_slow(sql: str, took: float) -> None:
    """The text has places for its values, never the values."""
    log.warning("a query took %d ms: %s", took * 1000, " ".join(sql.split())[:LONGEST_TEXT])
