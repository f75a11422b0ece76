"""One keep-alive line to the server, as light as can be: it shares the processor with what it measures."""

from __future__ import annotations

import http.client
import json
import random
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TIMEOUT = 120
_DURATION = re.compile(r"app;[^,]*?dur=([\d.]+)")
_QUERIES = re.compile(r'desc="?(\d+) quer')
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Unexpected(Exception):
    """An answer that is not what the work is about."""


@dataclass(frozen=True)
class Person:
    """Who asks, and what of the data he may see."""

    email: str
    scope: str  # all, unit, own: how far his eyes reach
    token: str
    parties: tuple[str, ...]
    heavy: tuple[str, ...]
    terms: tuple[str, ...]
    cookies: str = ""
    csrf: str = ""
    deep: Mapping[str, str] = field(default_factory=dict)  # addresses far down a list, by their door


@dataclass
class Sample:
    """What one piece of work took: seconds as its client felt them, and what the server said of itself."""

    seconds: float = 0.0
    server_ms: float | None = None
    queries: int | None = None
    size: int = 0
    part: str = ""
    error: str = ""


class Caller:
    """A person at a line; what its requests took is added up until `take`."""

    def __init__(self, port: int, person: Person, seed: float) -> None:
        self.person, self.rng = person, random.Random(seed)  # noqa: S311
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self._page = {"Host": "localhost", "Cookie": person.cookies}
        self._api = {"Host": "localhost", "Authorization": f"Bearer {person.token}"}
        self._sample = Sample()

    def page(self, path: str, holds: bytes = b"</html>") -> bytes:
        """A page as the signed-in person gets it."""
        return self._ask("GET", path, None, self._page, (200,), holds)

    def send(self, path: str, fields: str) -> bytes:
        """A form, answered by a way on."""
        body = f"csrfmiddlewaretoken={self.person.csrf}&{fields}"
        return self._ask("POST", path, body, self._page | FORM, (302,), b"")

    def api(self, path: str, holds: bytes = b"") -> bytes:
        """A resource of the API."""
        return self._ask("GET", f"/api/v1{path}", None, self._api, (200,), holds)

    def create(self, path: str, body: Mapping[str, Any]) -> bytes:
        """A new resource, sent once under a key of its own."""
        more = {"Content-Type": "application/json", "Idempotency-Key": uuid.uuid4().hex}
        return self._ask("POST", f"/api/v1{path}", json.dumps(body), self._api | more, (201,), b"")

    def take(self) -> Sample:
        """What was used since the last time."""
        found, self._sample = self._sample, Sample()
        return found

    def close(self) -> None:
        """Leave the line."""
        self._line.close()

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str], good: tuple[int, ...], holds: bytes
    ) -> bytes:
        self._line.request(method, path, body, headers)
        response = self._line.getresponse()
        content = response.read()
        self._add(response, len(content))
        if response.status not in good or holds not in content:
            raise Unexpected(f"{method} {path.partition('?')[0]} answered {response.status}: {content[:120]!r}")
        return content

    def _add(self, response: http.client.HTTPResponse, size: int) -> None:
        timing, sample = response.headers.get("Server-Timing", ""), self._sample
        sample.size += size
        if duration := _DURATION.search(timing):
            sample.server_ms = (sample.server_ms or 0.0) + float(duration[1])
        if queries := _QUERIES.search(timing):
            sample.queries = (sample.queries or 0) + int(queries[1])
