"""PostgreSQL crashes under load: stopped at once, or its postmaster killed."""

from __future__ import annotations

import time

from filo.config.faults.case import POSTGRESQL, Outcome
from filo.config.faults.ledger import Ledger
from filo.config.faults.stage import Stage
from filo.config.processes import until

ROUNDS = 6
ENGINES = (POSTGRESQL,)
BACK_WITHIN = 10.0
SETTLES_WITHIN = 90.0


def play(stage: Stage, rounds: int) -> Outcome:
    """Crash it, look how Filo answers meanwhile, start it, wait for the next promise."""
    outcome = Outcome(rounds)
    root = stage.tree.root
    with stage.writing() as load:
        until(lambda: load.ledger.number() > 10, seconds=20)
        for number in range(1, rounds + 1):
            seconds = _crash(stage, outcome, load.ledger, by_kill=number % 2 == 0)
            outcome.took(stage, seconds, BACK_WITHIN, "after the database was there again")
            stage.tell(f"crash {number} of {rounds}: back {seconds or -1:.1f} s after the database")
            time.sleep(2 if stage.is_patient else 0.2)
    outcome.expect(stage.tree.root == root and stage.tree.is_up(), "Filo itself has ended")
    outcome.reckon(stage, load)
    settle(stage, outcome)
    return outcome


def _crash(stage: Stage, outcome: Outcome, ledger: Ledger, *, by_kill: bool) -> float | None:
    assert stage.cluster is not None  # noqa: S101
    (stage.cluster.kill if by_kill else stage.cluster.stop)()
    refuses_plainly(stage, outcome)
    time.sleep(1.0 if stage.is_patient else 0.1)
    stage.cluster.start()
    moment = time.monotonic()
    until(lambda: ledger.back_after(moment) is not None, seconds=60)
    return ledger.back_after(moment)


def refuses_plainly(stage: Stage, outcome: Outcome) -> None:
    """While the database is away, page and API say so, and when to come back."""
    for path, headers in (
        ("/api/v1/parties", {"Authorization": f"Bearer {stage.token}"}),
        ("/parties", {"Cookie": stage.session}),
    ):
        reply = stage.tree.ask("GET", path, headers)
        outcome.expect(reply.status == 503, f"{path} answered {reply.status} without the database")
        outcome.expect("retry-after" in reply.headers, f"{path} did not say when to come back")


def settle(stage: Stage, outcome: Outcome) -> None:
    """Wait until nothing waits, hangs or has failed any more; what still does is amiss."""
    left: dict[str, int] = {}

    def is_settled() -> bool:
        left.clear()
        left.update(stage.inside.ask("unsettled"))
        if left["jobs with a dead lease"] and not stage.is_patient:
            stage.inside.ask("let_dead_leases_run_out", alive=stage.tree.worker())
        return not any(left.values())

    if not until(is_settled, seconds=SETTLES_WITHIN):
        outcome.faults += [f"{number} {what}" for what, number in left.items() if number]
    doubled = stage.inside.ask("repeated_effects")
    outcome.duplicate += doubled
