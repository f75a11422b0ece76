"""What a page and its socket say to each other, and the codes with which a socket is closed."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from filo.foundation.push.queries import Message

UNREADABLE, SIGNED_OUT, FORBIDDEN, TOO_SLOW, SILENT = 4400, 4401, 4403, 4408, 4409
TRY_AGAIN = 1013  # RFC 6455's registry
LONGEST_REQUEST, MOST_TOPICS = 32_768, 200

Event = MutableMapping[str, Any]  # ASGI's messages are open dictionaries


class Ended(Exception):
    """The socket has to be closed with a code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Listen:
    """A page's request: all topics it shows, and the last message it knows (None: it was just rendered)."""

    topics: frozenset[str]
    since: int | None


@dataclass(frozen=True)
class Reset:
    """The page has to fetch everything anew."""


Item = Message | Listen | Reset


def read_request(event: Event) -> Listen | None:
    """What the page asks, None for a sign of life; raises ValueError when it makes no sense."""
    text = event.get("text") or ""
    if len(text) > LONGEST_REQUEST:
        raise ValueError("too long")
    request = json.loads(text)
    if not isinstance(request, dict) or "listen" not in request:
        return None
    listen, since = request["listen"], request.get("since")
    if not isinstance(listen, list) or len(listen) > MOST_TOPICS:
        raise ValueError("topics")
    if not all(isinstance(topic, str) for topic in listen):
        raise ValueError("topics")
    if isinstance(since, bool) or not isinstance(since, int | None):
        raise ValueError("since")
    return Listen(frozenset(listen), since)
