"""Whether the house is ready and which of its parts work, asked often and by anybody: so it is cheap, and kept."""

from __future__ import annotations

import time
from dataclasses import dataclass

from filo.foundation.health import flow
from filo.foundation.health.queries import processes, work_is_done
from filo.foundation.health.reach import Question, round_trip

READY_WITHIN = 1.5
STANDING_FOR = 10.0
PATIENT_SECONDS = 30.0
LATE = 900
PARTS = ("pages", "api", "work", "mail")
_started = time.monotonic()


def _ask_ready() -> bool:
    round_trip()
    return work_is_done()


def _ask_parts() -> dict[str, bool]:
    found, worked = processes(), work_is_done()
    late = max((waiting.seconds for waiting in flow.queues().values()), default=0) > LATE
    return {
        "pages": found.serve("pages"),
        "api": found.serve("api"),
        "work": worked and not late,
        "mail": worked and flow.oldest_mail() < LATE,
    }


_ready, _parts = Question(_ask_ready), Question(_ask_parts)


@dataclass(frozen=True)
class Readiness:
    """Whether the database answers, and whether somebody does the work in the background."""

    database: bool
    jobs: bool

    @property
    def is_ready(self) -> bool:
        """In the first seconds the workers are still being started: that they are missing means nothing yet."""
        return self.database and (self.jobs or time.monotonic() - _started < PATIENT_SECONDS)


def readiness() -> Readiness:
    """As it is now, told within two seconds whatever the database does."""
    jobs = _ready.answer(within=READY_WITHIN)
    return Readiness(database=jobs is not None, jobs=bool(jobs))


@dataclass
class _Kept:
    parts: dict[str, bool]
    until: float


_kept = _Kept({}, 0.0)


def parts_that_work() -> dict[str, bool]:
    """Each public part and whether it works, at most ten seconds old."""
    if time.monotonic() >= _kept.until:
        found = _parts.answer(within=READY_WITHIN)
        _kept.parts, _kept.until = found or dict.fromkeys(PARTS, False), time.monotonic() + STANDING_FOR
    return dict(_kept.parts)
