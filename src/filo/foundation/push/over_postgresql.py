"""Wake-ups over PostgreSQL's NOTIFY, which comes with each message's row."""

from __future__ import annotations

import contextlib
import logging
import time

import psycopg
from django.db import connection

SAID = "filo_presence"
log = logging.getLogger(__name__)


class PostgresWakeup:
    """Listens on a connection of its own; behind a pooler that forbids it, a look every second is enough."""

    longest = 1.0

    def __init__(self) -> None:
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None
        self._heard: list[str] = []

    def wait(self, seconds: float) -> None:
        """Return when something was published, or after `seconds`."""
        try:
            for told in self._listening().notifies(timeout=seconds, stop_after=1):
                if told.channel == SAID:
                    self._heard.append(told.payload)
        except psycopg.Error as error:
            log.warning("PostgreSQL does not tell what is published (%s)", error)
            self.rest()
            time.sleep(seconds)

    def say(self, texts: list[str]) -> None:
        """One NOTIFY each, on the connection that listens."""
        try:
            for text in texts:
                self._listening().execute("SELECT pg_notify(%s, %s)", [SAID, text])
        except psycopg.Error as error:
            log.warning("PostgreSQL does not pass on who is here (%s)", error)
            self.rest()

    def heard(self) -> list[str]:
        """What came with the notifications."""
        heard, self._heard = self._heard, []
        return heard

    def rest(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with contextlib.suppress(psycopg.Error):
                self._connection.close()
        self._connection = None

    def _listening(self) -> psycopg.Connection[tuple[object, ...]]:
        if self._connection is None:
            opened = connection.get_new_connection(connection.get_connection_params())
            opened.autocommit = True
            opened.execute("LISTEN filo_push")
            opened.execute(f"LISTEN {SAID}")
            self._connection = opened
        return self._connection
