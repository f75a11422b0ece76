"""Asks the database without ever waiting longer than one wants to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from django.db import connection, connections
from django.db.utils import Error

T = TypeVar("T")


class Question(Generic[T]):
    """One question at a time, in a thread of its own: who has waited long enough goes on without an answer."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._found: T | None = None

    def answer(self, *, within: float) -> T | None:
        """What is found; None when it takes longer, or when the database refuses."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._found = None
                self._thread = threading.Thread(target=self._run, name="question", daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(within)
        return None if thread.is_alive() else self._found

    def _run(self) -> None:
        try:
            self._found = self._ask()
        except Error:
            self._found = None
        finally:
            connections.close_all()


def round_trip() -> float:
    """Milliseconds that the shortest question takes; raises Django's database errors."""
    connection.ensure_connection()
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return (time.perf_counter() - started) * 1000
