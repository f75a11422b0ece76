"""Clients that write through the API, repeat with the same key until they hear an answer, and keep the ledger."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from filo.config.faults.ledger import Deed, Ledger

BREATH = 0.03  # between two deeds of a client: a steady load, not a race
AGAIN = 0.1
LONGEST_WAIT = 60.0
PATHS = {"party": "/api/v1/parties", "interaction": "/api/v1/interactions", "task": "/api/v1/tasks"}


@dataclass
class Load:
    """Several clients at work on one ledger."""

    port: int
    token: str
    run: str
    ledger: Ledger = field(default_factory=Ledger)
    stop: threading.Event = field(default_factory=threading.Event)
    patience: float = LONGEST_WAIT
    parties: list[str] = field(default_factory=list)

    def next_deed(self) -> Deed:
        """A party, or a note or a task about one that was promised before."""
        marker = f"{self.run}{uuid.uuid4().hex[:12]}"
        party = random.choice(self.parties) if self.parties else ""  # noqa: S311  (which one does not matter)
        kind = random.choice(("party", "interaction", "task")) if party else "party"  # noqa: S311
        bodies: dict[str, dict[str, object]] = {
            "party": {"kind": "person", "given_name": "Prova", "family_name": marker},
            "interaction": {"party": party, "channel": "note", "subject": marker, "body": "Una prova."},
            "task": {"party": party, "title": marker},
        }
        return Deed(kind, uuid.uuid4().hex, marker, PATHS[kind], bodies[kind])


@contextlib.contextmanager
def writing(port: int, token: str, *, run: str, clients: int = 3, patience: float = LONGEST_WAIT) -> Iterator[Load]:
    """Clients that write within the block; at its end each repeats its last deed until it is answered."""
    load = Load(port, token, run, patience=patience)
    threads = [threading.Thread(target=_Client(load).work, daemon=True) for _number in range(clients)]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.stop.set()
        for thread in threads:
            thread.join(patience + 15)


class _Client:
    """One line to the server, opened again whenever it breaks."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._line: http.client.HTTPConnection | None = None

    def work(self) -> None:
        while not self._load.stop.is_set():
            self._see_through(self._load.next_deed())
            time.sleep(BREATH)
        self._hang_up()

    def _see_through(self, deed: Deed) -> None:
        """Repeat a deed until it is promised or refused; without an answer for long, give it up."""
        until: float | None = None
        while until is None or time.monotonic() < until:
            if self._load.stop.is_set() and until is None:
                until = time.monotonic() + self._load.patience
            if self._is_answered(deed):
                return
            time.sleep(AGAIN)
        self._load.ledger.give_up(deed)

    def _is_answered(self, deed: Deed) -> bool:
        sent_at = time.monotonic()
        try:
            status, body = self._send(deed)
        except (OSError, http.client.HTTPException):
            self._hang_up()
            return False
        self._load.ledger.count(status, body)
        if status >= 500 or status in (409, 429):
            return False
        if status == 201:
            id_ = str(json.loads(body)["id"])
            self._load.ledger.promise(deed, id_, sent_at, time.monotonic())
            if deed.kind == "party":
                self._load.parties.append(id_)
        else:
            self._load.ledger.rude.append(f"{status} {body[:200]!r}")
        return True

    def _send(self, deed: Deed) -> tuple[int, bytes]:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self._load.port, timeout=15)
        headers = {
            "Authorization": f"Bearer {self._load.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": deed.key,
        }
        self._line.request("POST", deed.path, json.dumps(deed.body).encode(), headers)
        response = self._line.getresponse()
        return response.status, response.read()

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
