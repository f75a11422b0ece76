"""The disk of the database is full: reading goes on, writing is refused plainly, and room is all it needs."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from filo.config.faults.case import POSTGRESQL, SQLITE, CannotPlay, Outcome
from filo.config.faults.cluster import Cluster
from filo.config.faults.load import Load
from filo.config.faults.stage import Stage, Tell, furnished, scratch
from filo.config.processes import until

ROUNDS = 2
ENGINES = (POSTGRESQL, SQLITE)
ALWAYS_ALL = True
MEGABYTES = {POSTGRESQL: 200, SQLITE: 64}
BACK_WITHIN = 10.0
FULL_FOR = 5.0
BLOCK = 64 * 1024
SAVE_TOKEN = "a" * 32


@contextlib.contextmanager
def set_up(tell: Tell, *, sqlite: bool = False) -> Iterator[Stage]:
    """A stage whose data lie on a small disk of their own. Raises `CannotPlay` where no disk can be made."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(scratch())
        disk = folder / ("data" if sqlite else "disk")
        stack.enter_context(_small_disk(disk, MEGABYTES[SQLITE if sqlite else POSTGRESQL]))
        cluster = None if sqlite else stack.enter_context(Cluster.made(folder, tell, data=disk / "pgdata"))
        yield stack.enter_context(furnished(folder, cluster, tell))


@contextlib.contextmanager
def _small_disk(place: Path, megabytes: int) -> Iterator[None]:
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "filo-faults", str(place)]
    made = os.geteuid() == 0 and not subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603
    if not made:
        raise CannotPlay("a small disk can only be made by root (mount -t tmpfs)")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=False)  # noqa: S603, S607


def play(stage: Stage, rounds: int) -> Outcome:
    """Fill the disk while people write, look, make room, wait for the next promise."""
    outcome = Outcome(rounds)
    ballast = (stage.folder / "disk" if stage.cluster else stage.folder / "data") / "ballast"
    root = stage.tree.root
    with stage.writing() as load:
        for number in range(1, rounds + 1):
            fresh = stage.inside.ask("token")  # its first use is noted, which has to wait for better days
            before = load.ledger.number()
            until(lambda before=before: load.ledger.number() > before + 20, seconds=30)  # type: ignore[misc]
            _fill(ballast)
            _look(stage, load, fresh, outcome)
            ballast.unlink()
            moment = time.monotonic()
            _wake(stage, outcome)
            until(lambda moment=moment: load.ledger.back_after(moment) is not None, seconds=60)  # type: ignore[misc]
            outcome.took(stage, load.ledger.back_after(moment), BACK_WITHIN, "after there was room")
            stage.tell(f"full disk {number} of {rounds}: back after {load.ledger.back_after(moment) or -1:.1f} s")
    outcome.expect(stage.tree.root == root and stage.tree.is_up(), "Filo itself has ended")
    outcome.reckon(stage, load)
    told = {status: times for status, times in load.ledger.answers.items() if status >= 500}
    outcome.notes.append("refused with " + ", ".join(f"{status} ({times}×)" for status, times in sorted(told.items())))
    return outcome


def _fill(ballast: Path) -> None:
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"\0" * BLOCK):
            pass


def _look(stage: Stage, load: Load, fresh: str, outcome: Outcome) -> None:
    """While it is full: writing is refused with a sentence, reading works, by page and by API."""
    end = time.monotonic() + FULL_FOR
    refused = sum(load.ledger.answers[status] for status in (503, 507))
    until(lambda: sum(load.ledger.answers[status] for status in (503, 507)) > refused, seconds=30)
    outcome.expect(load.ledger.answers[507] or load.ledger.answers[503], "nothing was refused on the full disk")
    while time.monotonic() < end:
        _fill(stage.folder / ("disk" if stage.cluster else "data") / "more-ballast")
        for path, headers in (
            ("/api/v1/parties", {"Authorization": f"Bearer {fresh}"}),
            (f"/parties/{load.parties[0]}", {"Cookie": stage.session}),
        ):
            reply = stage.tree.ask("GET", path, headers)
            outcome.expect(reply.status == 200, f"reading {path.rsplit('/', 1)[0]} answered {reply.status}")
        _save_by_page(stage, outcome)
        time.sleep(0.3)
    (stage.folder / ("disk" if stage.cluster else "data") / "more-ballast").unlink(missing_ok=True)


def _save_by_page(stage: Stage, outcome: Outcome) -> None:
    reply = stage.tree.ask(
        "POST",
        "/tasks/new",
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{stage.session}; filo-csrf={SAVE_TOKEN}",
            "X-CSRFToken": SAVE_TOKEN,
        },
        body=b"title=Prova&kind=task",
    )
    # A small row may still find room in a page of the file that is half empty.
    is_plain = reply.status in (200, 302, 303, 422) or (reply.status in (503, 507) and b"<h1>" in reply.body)
    outcome.expect(is_plain, f"saving on a page answered {reply.status}")


def _wake(stage: Stage, outcome: Outcome) -> None:
    """PostgreSQL gives up when it cannot write its journal; whoever makes room then starts it again, not Filo."""
    if stage.cluster is not None and not stage.cluster.runs():
        stage.cluster.start()
        outcome.notes.append("PostgreSQL had stopped by itself and was started")
