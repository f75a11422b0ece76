"""Two schedulers are started by mistake: each occurrence of a schedule happens once."""

from __future__ import annotations

import time

from filo.config.faults.case import POSTGRESQL, SQLITE, Outcome
from filo.config.faults.stage import Stage
from filo.config.processes import until

ROUNDS = 100  # occurrences to count
ENGINES = (POSTGRESQL, SQLITE)


def play(stage: Stage, rounds: int) -> Outcome:
    """Count the ticks of two worker processes."""
    outcome = Outcome(rounds)
    stage.tree.another_worker()
    before = stage.inside.ask("ticks")["occurrences"]
    started = time.monotonic()
    until(lambda: _ticks(stage)["occurrences"] - before >= rounds, seconds=60 + 2.0 * rounds)
    until(lambda: _ticks(stage)["waiting"] <= 1, seconds=30)
    found = _ticks(stage)
    outcome.acked = found["occurrences"]
    outcome.lost = found["without effect"]
    outcome.duplicate = found["doubled"] + found["occurrences"] - found["keys"]
    outcome.expect(not found["too close"], f"{found['too close']} occurrences came before their time")
    outcome.expect(found["occurrences"] - before >= rounds, f"only {found['occurrences'] - before} occurrences came")
    outcome.expect(found["workers"] >= 2 or rounds < 20, "only one of the two workers took part")
    outcome.notes.append(f"{found['occurrences'] - before} occurrences in {time.monotonic() - started:.0f} s")
    return outcome


def _ticks(stage: Stage) -> dict[str, int]:
    time.sleep(0.3)
    found: dict[str, int] = stage.inside.ask("ticks")
    return found
