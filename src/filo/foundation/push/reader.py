"""Reads what was published since the last look, each message once, late commits included."""

from __future__ import annotations

import time

from filo.foundation.push.queries import Message, latest_id, messages_after

WAIT_FOR_LATE = 10.0
MOST_LATE = 1000


class Reader:
    """Remembers the last id, and the ids below it that are given but not visible yet.

    PostgreSQL gives an id before its row is committed, so that a higher one may be visible first. Such a gap
    is looked at until it is filled or `WAIT_FOR_LATE` seconds have passed (its insert failed).
    """

    def __init__(self) -> None:
        self._last = 0
        self._late: dict[int, float] = {}

    def start_here(self) -> None:
        """From now on read what is published after this moment."""
        self._late = {}
        self._last = latest_id()
        self._expect(range(max(1, self._last - 20), self._last))
        for message in messages_after(self._last - 21):
            self._late.pop(message.id, None)

    def read(self) -> list[Message]:
        """The messages that are visible for the first time, oldest first."""
        found = messages_after(self._last, also=tuple(self._late))
        for message in found:
            self._late.pop(message.id, None)
            if message.id > self._last:
                self._expect(range(self._last + 1, message.id))
                self._last = message.id
        now = time.monotonic()
        self._late = {late: until for late, until in self._late.items() if until > now}
        return found

    def _expect(self, ids: range) -> None:
        until = time.monotonic() + WAIT_FOR_LATE
        for late in ids[-MOST_LATE:]:
            self._late[late] = until
