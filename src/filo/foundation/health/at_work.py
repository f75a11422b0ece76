"""Measures every attempt at a job, as the middleware does a request, and tells it in one line of the log."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import connection

from filo.foundation.health.logs import about
from filo.foundation.health.measuring import Measure
from filo.foundation.health.meters import count_job
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import job_named

log = logging.getLogger("filo.job")


def attempt_measured(job: Job, attempt: Callable[[Job], JobState]) -> JobState:
    """Around one attempt; every line that it logs carries its name and id, and the request that it comes from."""
    measure = Measure()
    facts = {"job": job.name, "job_id": str(job.pk)}
    if job.request_id:
        facts["request_id"] = str(job.request_id)
    with about(**facts), connection.execute_wrapper(measure):
        state = attempt(job)
        seconds = measure.elapsed
        # a name that this version does not know comes from elsewhere: it gets no figure of its own
        name = job.name if job_named(job.name) else "unknown"
        count_job(name, _outcome(state), seconds=seconds)
        if log.isEnabledFor(logging.INFO):
            extra = {"outcome": state.value, "attempt": job.attempts, "ms": round(seconds * 1000, 1)}
            log.info("%s %s in %.1f ms", name, _outcome(state), seconds * 1000, extra=extra)
    return state


def _outcome(state: JobState) -> str:
    """Ready again means that this attempt did not succeed."""
    return "again" if state is JobState.READY else state.value
