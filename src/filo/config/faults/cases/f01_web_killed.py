"""The web is killed at random while people write: a worker, or the whole part."""

from __future__ import annotations

import random
import time

from filo.config.faults.case import POSTGRESQL, SQLITE, Outcome
from filo.config.faults.ledger import Ledger
from filo.config.faults.stage import Stage
from filo.config.processes import kill, until

ROUNDS = 20
ENGINES = (POSTGRESQL, SQLITE)
BACK_WITHIN = 3.0
WHOLE_EVERY = 4  # every fourth kill takes the whole part


def play(stage: Stage, rounds: int) -> Outcome:
    """Kill, wait for the next promise, wait at random, again."""
    outcome = Outcome(rounds)
    workers = len(stage.tree.web_workers())
    with stage.writing() as load:
        until(lambda: load.ledger.number() > 0, seconds=20)
        for number in range(1, rounds + 1):
            is_whole = number % WHOLE_EVERY == 0 or number == rounds
            seconds = _kill(stage, load.ledger, whole=is_whole)
            what = "after the whole web was killed" if is_whole else "after a worker was"
            outcome.took(stage, seconds, BACK_WITHIN, what)
            stage.tell(f"kill {number} of {rounds}: back after {seconds or -1:.1f} s")
            if stage.is_patient:
                until(lambda: len(stage.tree.web_workers()) >= workers, seconds=30)
                time.sleep(random.uniform(0.3, 4))  # noqa: S311
    outcome.reckon(stage, load)
    return outcome


def _kill(stage: Stage, ledger: Ledger, *, whole: bool) -> float | None:
    until(lambda: bool(stage.tree.web_workers()), seconds=30)
    victims = [stage.tree.web(), *stage.tree.web_workers()] if whole else [random.choice(stage.tree.web_workers())]  # noqa: S311
    moment = time.monotonic()
    for pid in victims:
        kill(pid)
    until(lambda: ledger.back_after(moment) is not None, seconds=40)
    return ledger.back_after(moment)
