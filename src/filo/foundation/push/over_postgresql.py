"""Wake-ups over PostgreSQL's NOTIFY, which comes with each message's row."""

from __future__ import annotations

import contextlib
import logging
import time

import psycopg
from django.db import connection

log = logging.getLogger(__name__)


class PostgresWakeup:
    """Listens on a connection of its own; behind a pooler that forbids it, a look every second is enough."""

    longest = 1.0

    def __init__(self) -> None:
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None

    def wait(self, seconds: float) -> None:
        """Return when something was published, or after `seconds`."""
        try:
            for _told in self._listening().notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.Error as error:
            log.warning("PostgreSQL does not tell what is published (%s)", error)
            self.rest()
            time.sleep(seconds)

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
            self._connection = opened
        return self._connection
