"""The clock jumps, and nights pass that are an hour too short or too long: schedules run neither twice nor never."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from filo.config.faults.case import POSTGRESQL, SQLITE, Outcome
from filo.config.faults.cluster import Cluster
from filo.config.faults.stage import Stage, Tell, furnished, scratch
from filo.config.processes import until

ROUNDS = 3  # nights: year end, spring, autumn
ENGINES = (POSTGRESQL, SQLITE)
ROME = ZoneInfo("Europe/Rome")
JUMPS = {"an hour on": timedelta(hours=1), "back": timedelta(), "a day back": timedelta(days=-1)}
STEP, LOOK = timedelta(minutes=30), 1.5


@contextlib.contextmanager
def set_up(tell: Tell, *, sqlite: bool = False) -> Iterator[Stage]:
    """A stage whose processes read in a file by how much their clock is wrong."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(scratch())
        cluster = None if sqlite else stack.enter_context(Cluster.made(folder, tell))
        (folder / "clock").write_text("0\n")
        yield stack.enter_context(furnished(folder, cluster, tell, FAULTS_CLOCK=str(folder / "clock")))


def play(stage: Stage, rounds: int) -> Outcome:
    """Jumps under load first, then the nights."""
    outcome = Outcome(rounds)
    short = stage.inside.ask("token", hours=3)
    with stage.writing(clients=1) as load:
        until(lambda: load.ledger.number() > 5, seconds=30)
        for what, jump in JUMPS.items():
            _jump(stage, outcome, what, jump)
            answer = stage.tree.ask("GET", "/api/v1/me", {"Authorization": f"Bearer {short}"})
            outcome.expect(answer.status == 200, f"a token did not hold after the jump {what}: {answer.status}")
        _set(stage, timedelta(hours=4))
        ended = stage.tree.ask("GET", "/api/v1/me", {"Authorization": f"Bearer {short}"}).status
        outcome.expect(ended == 401, f"a token outlived its end: {ended}")
        for name, day in _nights(datetime.now(UTC))[:rounds]:
            _pass_night(stage, outcome, name, day)
    outcome.reckon(stage, load)
    outcome.duplicate += stage.inside.ask("repeated_effects")
    return outcome


def _set(stage: Stage, offset: timedelta) -> None:
    """Give every process of the tree another time, at once."""
    place = stage.folder / "clock"
    place.with_suffix(".new").write_text(f"{offset.total_seconds():.0f}\n")
    place.with_suffix(".new").replace(place)
    time.sleep(0.2)


def _jump(stage: Stage, outcome: Outcome, what: str, offset: timedelta) -> None:
    """While a job is at work; its lease has to hold, and later work and schedules have to go on."""
    at_work = stage.inside.ask("put_slow", seconds=3)
    until(lambda: stage.inside.ask("state_of", job=at_work) == "running", seconds=30)
    _set(stage, offset)
    stage.tell(f"the clock goes {what}")
    ticks = stage.inside.ask("ticks")["occurrences"]
    ids = stage.inside.ask("put_jobs", name="faults.good", numbers=[1, 2, 3])
    outcome.expect(
        until(lambda: stage.inside.ask("are_done", ids=[*ids, at_work]), seconds=60), f"jobs stand still after {what}"
    )
    effects = stage.inside.ask("effects_of", job=at_work)
    outcome.expect(effects == 1, f"a job that was at work had {effects} effects after {what}")
    goes_on = until(lambda: stage.inside.ask("ticks")["occurrences"] > ticks + 3, seconds=60)
    outcome.expect(goes_on, f"schedules stand still after {what}")


def _nights(now: datetime) -> list[tuple[str, datetime]]:
    """The next year's end and the next nights in which Rome changes its clocks, in their order; each by its eve."""
    found = [("year end", datetime(now.astimezone(ROME).year, 12, 31, 20, tzinfo=ROME))]
    day = datetime(now.year, now.month, now.day, 20, tzinfo=ROME) + timedelta(days=1)
    while len(found) < 3:
        after = day + timedelta(days=1)
        shift = (after.utcoffset() or timedelta()) - (day.utcoffset() or timedelta())
        if shift:
            found.append(("the short night" if shift > timedelta() else "the long night", day))
        day = after
    return sorted(found, key=lambda night: night[1])


def _pass_night(stage: Stage, outcome: Outcome, name: str, eve: datetime) -> None:
    """From eight in the evening to five in the morning in steps, each long enough for a look at the schedules."""
    moment = eve.astimezone(UTC)
    _set(stage, moment - datetime.now(UTC))
    time.sleep(3 * LOOK)  # what the weeks before would have run is made up for once
    since = (moment + timedelta(minutes=10)).isoformat()
    while moment < eve.astimezone(UTC) + timedelta(hours=9, minutes=30):
        moment += STEP
        _set(stage, moment - datetime.now(UTC))
        time.sleep(LOOK)
    time.sleep(2 * LOOK)
    counts = stage.inside.ask("nightly", since=since)
    stage.tell(f"{name} ({eve:%Y-%m-%d}): {counts}")
    outcome.notes.append(f"{name}: " + ", ".join(f"{job} {times}×" for job, times in counts.items()))
    for job, times in counts.items():
        outcome.expect(times == 1, f"{name}: {job} ran {times} times")
