"""Wake-ups over one channel of Redis, where REDIS_URL names one."""

from __future__ import annotations

import contextlib
import logging
import time
from functools import cache
from typing import Any

import redis

CHANNEL, SAID = "filo_push", "filo_presence"
log = logging.getLogger(__name__)


def tell(url: str) -> None:
    """Wake the hubs of all processes; a Redis that is away only makes them slower."""
    try:
        _client(url).publish(CHANNEL, b"")
    except redis.RedisError as error:
        log.warning("Redis does not answer (%s): pages are told within a second", error)


class RedisWakeup:
    """Subscribed to the channel."""

    longest = 1.0

    def __init__(self, url: str) -> None:
        self._url = url
        self._subscription: Any = None  # redis-py's types are unions of sync and async
        self._heard: list[str] = []

    def wait(self, seconds: float) -> None:
        """Return when something was published, or after `seconds`."""
        try:
            if self._subscription is None:
                self._subscription = _client(self._url).pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
                self._subscription.subscribe(CHANNEL, SAID)
            told = self._subscription.get_message(timeout=seconds)
            if told and told["channel"] == SAID.encode():
                self._heard.append(told["data"].decode())
        except redis.RedisError as error:
            log.warning("Redis does not tell what is published (%s)", error)
            self.rest()
            time.sleep(seconds)

    def say(self, texts: list[str]) -> None:
        """On a channel of its own."""
        try:
            for text in texts:
                _client(self._url).publish(SAID, text.encode())
        except redis.RedisError as error:
            log.warning("Redis does not pass on who is here (%s)", error)

    def heard(self) -> list[str]:
        """What came on that channel."""
        heard, self._heard = self._heard, []
        return heard

    def rest(self) -> None:
        """Close the subscription."""
        if self._subscription is not None:
            with contextlib.suppress(redis.RedisError):
                self._subscription.close()
        self._subscription = None


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=2)
