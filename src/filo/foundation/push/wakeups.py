"""How a hub learns, before its next look, that something was published: memory, PostgreSQL or Redis."""

from __future__ import annotations

import threading
from typing import Protocol

from django.conf import settings
from django.db import connection

_here = threading.Event()


class Wakeup(Protocol):
    """Waits for the next publication."""

    longest: float

    def wait(self, seconds: float) -> None:
        """Return when something was published, or after `seconds`."""

    def say(self, texts: list[str]) -> None:
        """Tell the other processes something that is kept nowhere."""

    def heard(self) -> list[str]:
        """What the others said since the last time."""

    def rest(self) -> None:
        """Nobody listens for now: hold nothing open."""


def chosen() -> Wakeup:
    """The way that fits this installation."""
    if redis_url():
        from filo.foundation.push.over_redis import RedisWakeup  # loads redis only where it is used

        return RedisWakeup(redis_url())
    if connection.vendor == "postgresql":
        from filo.foundation.push.over_postgresql import PostgresWakeup

        return PostgresWakeup()
    return LocalWakeup()


def redis_url() -> str:
    """REDIS_URL, empty when there is none."""
    return str(getattr(settings, "REDIS_URL", ""))


def wake_this_process() -> None:
    """Something was published here, or the hub has to look for another reason."""
    _here.set()


class LocalWakeup:
    """SQLite: this process at once; the job runner's messages are seen at the next look."""

    longest = 0.4

    def wait(self, seconds: float) -> None:
        _here.wait(seconds)
        _here.clear()

    def say(self, texts: list[str]) -> None:
        """There is no other process whose pages could know."""

    def heard(self) -> list[str]:
        return []

    def rest(self) -> None:
        _here.clear()
