"""Carries what happens on a page to whoever looks at it, in this process and in the others; nothing of it is kept.

With SQLite one process serves all pages. Else threads listen on Redis, where REDIS_URL names one, and on PostgreSQL's
NOTIFY, and pass on what the others say. It is said over the first of them that answers: with Redis away it goes over
PostgreSQL. What is longer than a notification holds (8,000 bytes) goes in pieces.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol
from uuid import uuid4

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
            if not self._started and (ways := _ways()):
                self._started = True
                self._thread(self._speak, ways)
                for way in ways:
                    self._thread(self._listen, way)

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

    @staticmethod
    def _thread(work: Callable[..., None], given: object) -> None:
        threading.Thread(target=work, args=(given,), name="view-relay", daemon=True).start()

    def _speak(self, ways: list[Way]) -> None:
        while True:
            room, text = self._out.get()
            for packed in self._packed(room, text):
                if not any(_said(way, packed) for way in ways):
                    break  # half of it is worth nothing

    def _listen(self, way: Way) -> None:
        while True:
            try:
                way.follow(self._hear)
            except Exception as error:
                log.warning("what other processes say of pages is not heard (%s)", error)
            time.sleep(AFTER_FAILURE)


class Way(Protocol):
    """From one process to the others."""

    def tell(self, packed: str) -> None:
        """Say it; whatever stands in the way raises."""

    def follow(self, hear: Callable[[str], None]) -> None:
        """Hear what is said from now on, until the line breaks."""


class Resting(Exception):
    """It was away a moment ago, and that was said then."""


class OverRedis:
    """One channel of Redis. One that is away is not waited for with each word: for a moment it is not asked."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._line: Any = None
        self._asked_again = 0.0

    def tell(self, packed: str) -> None:
        if time.monotonic() < self._asked_again:
            raise Resting
        try:
            self._line = self._line or self._client()
            self._line.publish(CHANNEL, packed.encode())
        except Exception:
            self._line, self._asked_again = None, time.monotonic() + AFTER_FAILURE
            raise

    def follow(self, hear: Callable[[str], None]) -> None:
        subscription = self._client().pubsub(ignore_subscribe_messages=True)
        subscription.subscribe(CHANNEL)
        while True:
            told = subscription.get_message(timeout=1.0)
            if told:
                hear(told["data"].decode())

    def _client(self) -> Any:
        import redis  # loaded only where it is used

        return redis.Redis.from_url(self._url, socket_connect_timeout=1, socket_timeout=2)


class OverPostgres:
    """NOTIFY, on connections of its own."""

    def __init__(self) -> None:
        self._line: Any = None

    def tell(self, packed: str) -> None:
        try:
            self._line = self._line or self._connection()
            self._line.execute("SELECT pg_notify(%s, %s)", [CHANNEL, packed])
        except Exception:
            self._line = None
            raise

    def follow(self, hear: Callable[[str], None]) -> None:
        with self._connection() as line:
            line.execute(f"LISTEN {CHANNEL}")
            for told in line.notifies():
                hear(told.payload)

    def _connection(self) -> Any:
        opened = connection.get_new_connection(connection.get_connection_params())
        opened.autocommit = True
        return opened


def _said(way: Way, packed: str) -> bool:
    try:
        way.tell(packed)
    except Resting:
        return False
    except Exception as error:
        log.warning("the other processes are not told what a page shows over %s (%s)", type(way).__name__, error)
        return False
    return True


def _ways() -> list[Way]:
    url = str(getattr(settings, "REDIS_URL", ""))
    ways: list[Way] = [OverRedis(url)] if url else []
    return [*ways, OverPostgres()] if connection.vendor == "postgresql" else ways


relay = Relay()
