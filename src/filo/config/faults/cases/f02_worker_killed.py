"""The worker is killed at random during an import and during a run of mails."""

from __future__ import annotations

import csv
import io
import random
import time
import uuid
from collections.abc import Callable
from typing import Any

from filo.config.faults.case import POSTGRESQL, SQLITE, Outcome
from filo.config.faults.stage import Stage
from filo.config.processes import kill, until

ROUNDS = 5
ENGINES = (POSTGRESQL, SQLITE)
ROWS, MAILS = 4000, 120  # for each kill
ENDS_WITHIN = 900.0
IS_OVER = ("done", "failed", "cancelled")


def play(stage: Stage, rounds: int) -> Outcome:
    """Import a file and send mails at the same time, and kill the worker whenever both have come a bit further."""
    outcome = Outcome(rounds)
    size = rounds if stage.is_patient else 1 / 4
    rows, mails = int(ROWS * size), int(MAILS * size)
    run, posted = f"zz{uuid.uuid4().hex[:8]}", f"zz{uuid.uuid4().hex[:8]}"
    batch = _send_file(stage, run, rows)
    stage.inside.ask("put_mails", number=mails, run=posted)
    for number in range(1, rounds + 1):
        part = number / (rounds + 1)
        until(lambda part=part: _import_now(stage, batch)["done"] >= part * rows, seconds=ENDS_WITHIN)  # type: ignore[misc]
        until(lambda part=part: len(stage.sink.of_run(posted)) >= part * mails, seconds=ENDS_WITHIN)  # type: ignore[misc]
        time.sleep(random.uniform(0, 0.05))  # noqa: S311
        _kill_worker(stage)
        at = f"row {_import_now(stage, batch)['done']} of {rows}, mail {len(stage.sink.of_run(posted))} of {mails}"
        stage.tell(f"kill {number} of {rounds} at {at}")
    _see_out(stage, lambda: _import_now(stage, batch)["state"] in IS_OVER)
    _see_out(stage, lambda: {"queued", "sending"}.isdisjoint(stage.inside.ask("mails", run=posted)))
    _count_rows(stage, outcome, _import_now(stage, batch), run, rows)
    _count_mails(stage, outcome, posted, mails)
    return outcome


def _count_rows(stage: Stage, outcome: Outcome, told: Any, run: str, number: int) -> None:
    """Every row is there, once, and the import says so."""
    outcome.expect(told["state"] == "done", f"the import is {told['state']} ({told['error']})")
    outcome.expect(told["created"] == number, f"the import says {told['created']} of {number} created")
    kept = stage.inside.ask("imported", run=run)
    outcome.acked += number
    outcome.lost += number - kept["different"]
    outcome.duplicate += kept["rows"] - kept["different"]
    outcome.notes.append(f"import: {number} rows, each once")


def _count_mails(stage: Stage, outcome: Outcome, run: str, number: int) -> None:
    """Every mail came in once, or is listed as unknown: at most one for each kill."""
    states: dict[str, list[str]] = stage.inside.ask("mails", run=run)
    taken = stage.sink.of_run(run)
    unknown, failed = states.get("unknown", []), states.get("failed", [])
    outcome.acked += number
    outcome.lost += sum(taken[subject] == 0 for subject in states.get("sent", []))
    outcome.duplicate += sum(times - 1 for times in taken.values())
    outcome.expect(sum(map(len, states.values())) == number, "mails have gone from the list")
    outcome.expect(not failed, f"{len(failed)} mails failed")
    outcome.expect(len(unknown) <= outcome.rounds, f"{len(unknown)} mails are unknown after {outcome.rounds} kills")
    outcome.notes.append(f"mails: {number}, {len(unknown)} of them listed as unknown")


def _send_file(stage: Stage, run: str, number: int) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Nome", "Cognome", "Email"])
    writer.writerows(["Prova", f"{run}{place:06}", f"{run}{place:06}@firma.example"] for place in range(number))
    mark = uuid.uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="prova.csv"\r\n\r\n'
    body = f"{head}{text.getvalue()}\r\n--{mark}--\r\n".encode()
    reply = stage.tree.ask(
        "POST",
        "/api/v1/imports",
        {"Authorization": f"Bearer {stage.token}", "Content-Type": f"multipart/form-data; boundary={mark}"},
        body=body,
        timeout=60,
    )
    if reply.status != 202:
        raise RuntimeError(f"the import was answered with {reply.status}: {reply.body[:300]!r}")
    return str(reply.json()["id"])


def _import_now(stage: Stage, batch: str) -> Any:
    return stage.api("GET", f"/imports/{batch}").json()


def _kill_worker(stage: Stage) -> None:
    until(lambda: stage.tree.worker() > 0, seconds=30)
    kill(stage.tree.worker())


def _see_out(stage: Stage, is_over: Callable[[], bool]) -> None:
    """Wait for the end; who is in a hurry lets the leases of the dead run out at once."""
    end = time.monotonic() + ENDS_WITHIN
    while not is_over() and time.monotonic() < end:
        if not stage.is_patient:
            stage.inside.ask("let_dead_leases_run_out", alive=stage.tree.worker())
        time.sleep(0.1)
