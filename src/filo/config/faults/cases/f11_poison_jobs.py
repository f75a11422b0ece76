"""Among a thousand jobs one that breaks, one that kills its worker and one that hangs: the rest do not wait."""

from __future__ import annotations

import time
from typing import Any

from filo.config.faults.case import POSTGRESQL, SQLITE, Outcome, busyness
from filo.config.faults.stage import Stage
from filo.config.processes import until

ROUNDS = 1  # thousands of jobs
ENGINES = (POSTGRESQL, SQLITE)
A_SECOND = 30.0  # so many jobs come in
POISON = ("faults.raises", "faults.kills", "faults.hangs")
MOST_ADDED = 5.0  # what a worker's new start, or a deadline of two seconds, may add to the age; or a tenth
SET_ASIDE_WITHIN = 600.0
MOST_TRIES, FEW_TRIES = 5, 2


def play(stage: Stage, rounds: int) -> Outcome:
    """The same run without poison and with it."""
    outcome = Outcome(rounds)
    number = 1000 * rounds if stage.is_patient else 60
    calm = _p95(stage, outcome, number, poisoned=False)
    stage.tell(f"without poison: p95 of the age {calm:.2f} s")
    sick = _p95(stage, outcome, number, poisoned=True)
    stage.tell(f"with poison: p95 of the age {sick:.2f} s; waiting until it is set aside")
    outcome.notes.append(f"p95 of the age of the rest: {calm:.2f} s without poison, {sick:.2f} s with it")
    outcome.busy = busyness()
    most = max(calm * 1.1, calm + MOST_ADDED)
    grown = f"p95 grew from {calm:.1f} to {sick:.1f} s, at most {most:.1f}"
    outcome.expect(sick <= most or not stage.is_patient, grown)
    _all_set_aside(stage, outcome)
    return outcome


def _p95(stage: Stage, outcome: Outcome, number: int, *, poisoned: bool) -> float:
    every = 1 / A_SECOND
    ids = stage.inside.ask("put_jobs", name="faults.good", numbers=list(range(number)), every=every)
    if poisoned:
        for place, name in enumerate(POISON, start=1):
            thousands = list(range(max(1, number // 1000)))
            after, tries = place * number * every / 10, 0 if stage.is_patient else FEW_TRIES
            stage.inside.ask("put_jobs", name=name, numbers=thousands, every=1000 * every, after=after, tries=tries)
    deadline = number * every + SET_ASIDE_WITHIN
    until(lambda: _done(stage, ids), seconds=deadline)
    rows = stage.inside.ask("jobs_of", name="faults.good", ids=ids)
    outcome.acked += number
    outcome.lost += sum(row["effects"] == 0 for row in rows) + number - len(rows)
    outcome.duplicate += sum(max(0, row["effects"] - 1) for row in rows)
    ages = sorted(stage.inside.ask("ages", ids=ids)) or [0.0]
    return float(ages[int(len(ages) * 0.95)])


def _done(stage: Stage, ids: list[str]) -> bool:
    if not stage.is_patient:
        stage.inside.ask("let_dead_leases_run_out", alive=stage.tree.worker(), but=list(POISON))
    time.sleep(0.2)
    return bool(stage.inside.ask("are_done", ids=ids))


def _all_set_aside(stage: Stage, outcome: Outcome) -> None:
    """Hurry what waits to be tried again, since the pauses would last for hours."""

    def is_over() -> bool:
        stage.inside.ask("hurry", names=list(POISON))
        if not stage.is_patient:
            stage.inside.ask("let_dead_leases_run_out", alive=stage.tree.worker())
        time.sleep(0.3)
        return all(row["state"] == "quarantined" for row in _poison(stage))

    until(is_over, seconds=SET_ASIDE_WITHIN)
    rows = _poison(stage)
    left = [row for row in rows if row["state"] != "quarantined"]
    outcome.expect(not left, f"{len(left)} of {len(rows)} poisonous jobs are not set aside")
    tries = max(row["attempts"] for row in rows)
    outcome.expect(tries <= MOST_TRIES, f"a poisonous job was tried {tries} times")
    outcome.expect(not any(row["effects"] for row in rows), "a poisonous job has left an effect")
    outcome.notes.append(f"{len(rows)} poisonous jobs set aside after at most {tries} tries")


def _poison(stage: Stage) -> list[dict[str, Any]]:
    return [row for name in POISON for row in stage.inside.ask("jobs_of", name=name)]
