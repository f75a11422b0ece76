"""Who stands around the attempts at jobs: a higher topic measures them, the engine does not know how."""

from __future__ import annotations

from collections.abc import Callable

from filo.foundation.jobs.models import Job, JobState

Attempt = Callable[[Job], JobState]
Around = Callable[[Job, Attempt], JobState]
_around: list[Around] = []


def stand_around_jobs(around: Around) -> None:
    """Have `around(job, attempt)` make every attempt; it gives what `attempt(job)` gives."""
    _around[:] = [around]


def observed(job: Job, attempt: Attempt) -> JobState:
    """The attempt, with whoever stands around it."""
    return _around[0](job, attempt) if _around else attempt(job)
