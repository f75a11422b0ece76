"""Carries what happens on a page to whoever looks at it, in this process and in the others; nothing of it is kept.

With SQLite one process serves all pages. Else a thread listens on PostgreSQL's NOTIFY, or on Redis where REDIS_URL
names one, and passes on what the others say; what is longer than a notification holds (8,000 bytes) goes in pieces.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connection

CHANNEL = "filo_view"
PIECE = 5_000  # characters; escaped as JSON in UTF-8 they stay below what NOTIFY takes
MOST_PIECES = 2_000
AFTER_FAILURE = 1.0
Deliver = Callable[[str], None]
log = logging.getLogger(__name__)


class Relay:
    """Rooms by name, each with those who are in it. `deliver` is called from any thread and returns at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rooms: dict[str, set[Deliver]] = {}
        self._process = uuid4().hex
        self._out: queue.Queue[tuple[str, str]] = queue.Queue(maxsize=10_000)
        self._pieces: dict[str, list[str | None]] = {}
        self._started = False

    def join(self, room: str, deliver: Deliver) -> None:
        """Be told what is said in a room from now on."""
        with self._lock:
            self._rooms.setdefault(room, set()).add(deliver)
            if not self._started and _speaks_to_others():
                self._started = True
                threading.Thread(target=self._speak, name="view-speaks", daemon=True).start()
                threading.Thread(target=self._listen, name="view-listens", daemon=True).start()

    def leave(self, room: str, deliver: Deliver) -> None:
        """No longer."""
        with self._lock:
            here = self._rooms.get(room, set())
            here.discard(deliver)
            if not here:
                self._rooms.pop(room, None)

    def say(self, room: str, text: str) -> None:
        """Tell everybody in the room; what the other processes cannot be told in time is dropped."""
        self._hand_out(room, text)
        if self._started:
            try:
                self._out.put_nowait((room, text))
            except queue.Full:
                log.warning("the line between the processes is too slow: a page is not shown")

    def _hand_out(self, room: str, text: str) -> None:
        with self._lock:
            here = list(self._rooms.get(room, ()))
        for deliver in here:
            deliver(text)

    def _hear(self, packed: str) -> None:
        """A piece of what another process said; with the last one it is whole."""
        try:
            process, room, name, place, number, text = json.loads(packed)
        except ValueError:
            return
        if process == self._process or not 0 < number <= MOST_PIECES:
            return
        pieces = self._pieces.setdefault(name, [None] * number)
        pieces[place] = text
        if all(piece is not None for piece in pieces):
            del self._pieces[name]
            self._hand_out(room, "".join(piece or "" for piece in pieces))
        while len(self._pieces) > 200:
            self._pieces.pop(next(iter(self._pieces)))

    def _packed(self, room: str, text: str) -> list[str]:
        pieces = [text[start : start + PIECE] for start in range(0, len(text), PIECE)] or [""]
        name = uuid4().hex
        return [
            json.dumps([self._process, room, name, place, len(pieces), piece], ensure_ascii=False)
            for place, piece in enumerate(pieces)
        ]

    def _speak(self) -> None:
        line: Any = None
        while True:
            room, text = self._out.get()
            try:
                line = line or _line()
                for packed in self._packed(room, text):
                    _tell(line, packed)
            except Exception as error:
                log.warning("the other processes cannot be told what a page shows (%s)", error)
                line = None

    def _listen(self) -> None:
        while True:
            try:
                _follow(self._hear)
            except Exception as error:
                log.warning("what other processes say of pages is not heard (%s)", error)
            time.sleep(AFTER_FAILURE)


def _redis_url() -> str:
    return str(getattr(settings, "REDIS_URL", ""))


def _speaks_to_others() -> bool:
    return bool(_redis_url()) or connection.vendor == "postgresql"


def _line() -> Any:
    if _redis_url():
        import redis  # loaded only where it is used

        return redis.Redis.from_url(_redis_url(), socket_connect_timeout=1, socket_timeout=2)
    opened = connection.get_new_connection(connection.get_connection_params())
    opened.autocommit = True
    return opened


def _tell(line: Any, packed: str) -> None:
    if isinstance(line, psycopg.Connection):
        line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, packed])
    else:
        line.publish(CHANNEL, packed.encode())


def _follow(hear: Callable[[str], None]) -> None:
    line = _line()
    if isinstance(line, psycopg.Connection):
        with line:
            line.execute(f"LISTEN {CHANNEL}")
            for told in line.notifies():
                hear(told.payload)
        return
    subscription = line.pubsub(ignore_subscribe_messages=True)
    subscription.subscribe(CHANNEL)
    for told in subscription.listen():
        hear(told["data"].decode())


relay = Relay()
