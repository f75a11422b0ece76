"""PostgreSQL is restarted ten times in two minutes under mixed load: afterwards nothing is stuck."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from filo.config.faults.case import POSTGRESQL, Outcome
from filo.config.faults.cases.f03_database_killed import settle
from filo.config.faults.stage import Stage
from filo.config.processes import until

ROUNDS = 10
ENGINES = (POSTGRESQL,)
EVERY = 12.0
BACK_WITHIN = 10.0
SOCKETS = 3
READ = ("/parties?limit=20", "/tasks?limit=20", "/search?q=prova")


def play(stage: Stage, rounds: int) -> Outcome:
    """Restart, wait for the rest of the twelve seconds, again; then everything has to settle."""
    assert stage.cluster is not None  # noqa: S101
    outcome = Outcome(rounds)
    with _readers(stage), _sockets(stage) as pages, stage.writing(clients=2) as load:
        until(lambda: load.ledger.number() > 10, seconds=20)
        for number in range(1, rounds + 1):
            next_at = time.monotonic() + (EVERY if stage.is_patient else 2.0)
            stage.cluster.stop("fast" if number % 2 else "immediate")
            stage.cluster.start()
            moment = time.monotonic()
            until(lambda moment=moment: load.ledger.back_after(moment) is not None, seconds=30)  # type: ignore[misc]
            outcome.took(stage, load.ledger.back_after(moment), BACK_WITHIN, "after a restart")
            stage.tell(f"restart {number} of {rounds}: back after {load.ledger.back_after(moment) or -1:.1f} s")
            time.sleep(max(0.0, next_at - time.monotonic()))
        _sockets_hear(stage, pages, load.parties[0], outcome)
    outcome.reckon(stage, load)
    settle(stage, outcome)
    return outcome


@contextlib.contextmanager
def _readers(stage: Stage) -> Iterator[None]:
    """People who look while others write; what they are answered is not counted."""
    stop = threading.Event()

    def read() -> None:
        place = 0
        while not stop.wait(0.1):
            place += 1
            with contextlib.suppress(OSError):
                stage.api("GET", READ[place % len(READ)])
                stage.tree.ask("GET", "/parties", {"Cookie": stage.session})

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(15)


@dataclass
class Page:
    """An open page that follows one customer, and comes back by itself as the browser's does."""

    stage: Stage
    stop: threading.Event
    party: str = ""
    heard: list[float] = field(default_factory=list)

    def follow(self) -> None:
        """Listen until it ends."""
        from websockets.exceptions import WebSocketException
        from websockets.sync.client import connect
        from websockets.typing import Origin

        base = f"localhost:{self.stage.tree.port}"
        origin = Origin(f"http://{base}")
        headers = {"Cookie": self.stage.session}
        while not self.stop.is_set():
            try:
                with connect(f"ws://{base}/ws/live", origin=origin, additional_headers=headers) as line:
                    self._listen(line)
            except (OSError, WebSocketException):
                self.stop.wait(0.5)

    def _listen(self, line: object) -> None:
        told = ""
        while not self.stop.is_set():
            if self.party and told != self.party:
                told = self.party
                line.send(json.dumps({"listen": [f"party:{told}"]}))  # type: ignore[attr-defined]
            with contextlib.suppress(TimeoutError):
                message = json.loads(line.recv(timeout=0.5))  # type: ignore[attr-defined]
                if message.get("topic") == f"party:{self.party}":
                    self.heard.append(time.monotonic())


@contextlib.contextmanager
def _sockets(stage: Stage) -> Iterator[list[Page]]:
    stop = threading.Event()
    pages = [Page(stage, stop) for _number in range(SOCKETS)]
    threads = [threading.Thread(target=page.follow, daemon=True) for page in pages]
    for thread in threads:
        thread.start()
    try:
        yield pages
    finally:
        stop.set()
        for thread in threads:
            thread.join(10)


def _sockets_hear(stage: Stage, pages: list[Page], party: str, outcome: Outcome) -> None:
    """The pages that were open all the time hear of a change after the last restart."""
    for page in pages:
        page.party = party

    def all_hear() -> bool:
        stage.api("PATCH", f"/parties/{party}", {"given_name": f"Prova {time.monotonic_ns()}"})
        time.sleep(0.5)
        return all(page.heard for page in pages)

    until(all_hear, seconds=20)
    deaf = sum(not page.heard for page in pages)
    outcome.expect(not deaf, f"{deaf} of {len(pages)} open pages hear nothing any more")
    outcome.notes.append(f"{len(pages) - deaf} of {len(pages)} open pages came back")
