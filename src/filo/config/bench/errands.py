"""Work in bulk: tiny jobs that the embedded worker does."""

from __future__ import annotations

import time
from typing import Any

from filo.config.bench.apart import apart
from filo.config.bench.place import Place

LONGEST = 300.0


class NotDone(Exception):
    """The work did not come to its end."""


def run_jobs(place: Place, number: int) -> dict[str, Any]:
    """Enqueue so many tiny jobs at once and wait for the worker; gives the jobs a second."""
    apart(place.environment(), _enqueue_and_wait, max(1, number // 20))  # the worker has done one before
    seconds = apart(place.environment(), _enqueue_and_wait, number)
    return {"jobs": number, "seconds": round(seconds, 2), "jobs_a_second": round(number / seconds, 1)}


def _enqueue_and_wait(number: int) -> float:
    """From the commit until the last is done, in seconds."""
    from django.db import transaction
    from django.db.models import Max

    from filo.config.bench.jobs import tiny
    from filo.foundation import clock
    from filo.foundation.jobs.models import Job, JobState
    from filo.foundation.jobs.services import enqueue

    with transaction.atomic():
        ids = [enqueue(tiny, number=place).pk for place in range(number)]
        last = ids[-1]
    committed, deadline = clock.now(), time.monotonic() + LONGEST
    mine = Job.objects.filter(name=tiny.name, pk__gte=ids[0], pk__lte=last)
    while mine.exclude(state=JobState.DONE).exists():
        if time.monotonic() > deadline:
            raise NotDone(f"{mine.exclude(state=JobState.DONE).count()} of {number} jobs are not done")
        time.sleep(0.1)
    finished = mine.aggregate(last=Max("finished_at"))["last"]
    return max(float((finished - committed).total_seconds()), 0.001)
