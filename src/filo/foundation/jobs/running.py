"""Runs a claimed job: its effect and its *done* together, or what has gone wrong and what comes next."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from filo.foundation import clock
from filo.foundation.errors import DomainError
from filo.foundation.events.backoff import wait_after
from filo.foundation.events.traces import trace_of
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.errors import LostLease, TryAgain
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.observing import observed
from filo.foundation.jobs.registry import JobKind, job_named
from filo.foundation.jobs.watching import tell
from filo.foundation.web.cause import caused_by

logger = logging.getLogger("filo.jobs")


def run_claimed(job: Job) -> JobState:
    """Run one attempt of a claimed job, with whoever measures it; gives the state that it left the job in."""
    with caused_by(job.request_id):
        return observed(job, _attempt)


def _attempt(job: Job) -> JobState:
    """The attempt itself.

    A `DomainError` is the job's own no: it is not tried again. Anything else is tried again after a growing
    wait until the attempts are used up, then the job is set aside (quarantined).
    """
    kind = job_named(job.name)
    try:
        if kind is None:
            raise LookupError
        _run(kind, job)
    except LostLease:
        logger.info("job %s (%s) is not held any more, its effect was taken back", job.id, job.name)
        return JobState.READY
    except DomainError as refusal:
        return _settle(job, JobState.FAILED, error=refusal.code)
    except (Exception, SystemExit) as error:  # a job may do anything wrong, but not end its worker
        return _try_again_or_set_aside(job, error, is_known=kind is not None)
    return JobState.DONE


def _run(kind: JobKind[Any], job: Job) -> None:
    context = JobContext(job, atomic=kind.atomic)
    with timezone.override(None), translation.override(settings.LANGUAGE_CODE):
        if kind.atomic:
            with transaction.atomic():
                _mark_done(job, kind(context, **job.args))
        else:
            _mark_done(job, kind(context, **job.args))


def _mark_done(job: Job, result: Any) -> None:
    """Say that the job is done if this worker holds it still; else `LostLease` undoes an atomic effect."""
    held = Job.objects.held_by(job).update(
        state=JobState.DONE,
        result=result,
        done=job.done,
        total=job.total,
        error="",
        finished_at=clock.now(),
        lease_until=None,
        leased_by="",
    )
    if not held:
        raise LostLease
    tell(job, JobState.DONE)


def _try_again_or_set_aside(job: Job, error: BaseException, *, is_known: bool) -> JobState:
    trace = trace_of(error)
    logger.warning("job %s (%s) failed at attempt %d: %s", job.id, job.name, job.attempts, trace)
    if not is_known or job.attempts >= job.max_attempts:
        return _settle(job, JobState.QUARANTINED, error=trace)
    asked = error.after if isinstance(error, TryAgain) else None
    return _settle(job, JobState.READY, error=trace, wait=asked or wait_after(job.attempts))


def _settle(job: Job, state: JobState, *, error: str, wait: timedelta | None = None) -> JobState:
    moment = clock.now()
    changes: dict[str, Any] = {"state": state, "error": error, "lease_until": None, "leased_by": "", "relayed_at": None}
    if wait is None:
        changes["finished_at"] = moment
    else:
        changes["run_at"] = moment + wait
    if Job.objects.held_by(job).update(**changes):
        tell(job, state)
    return state
