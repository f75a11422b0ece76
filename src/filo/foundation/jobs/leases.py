"""Who works on what: claims with a lease, renewed while the work goes on, taken back when it is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Least

from filo.foundation import clock
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import LONGEST_RUN, atomic_names, job_named

LEASE = timedelta(seconds=30)
WORKER_LOST = "WorkerLost"


def claim(worker: str, queues: Sequence[str]) -> Job | None:
    """Take the job that has been due longest; None when there is nothing to do."""
    return next(iter(claim_some(worker, queues, most=1)), None)


def claim_some(worker: str, queues: Sequence[str], *, most: int) -> list[Job]:
    """Take up to `most` short jobs at once, or one that is long or has failed before.

    What has failed before comes alone, so that a job that kills its worker takes no others with it twice.
    """
    moment = clock.now()
    _take_back_lost(moment)
    due = Job.objects.filter(state=JobState.READY, queue__in=queues, run_at__lte=moment)
    if not due.exists():  # a look before asking for the write lock
        return []
    with transaction.atomic():
        found = due.order_by("run_at", "id").select_for_update(skip_locked=True)[:most]
        taken = _some_that_go_together(list(found))
        for job in taken:
            kind = job_named(job.name)
            job.state, job.leased_by, job.attempts = JobState.RUNNING, worker, job.attempts + 1
            job.deadline_at = moment + (kind.deadline if kind else LONGEST_RUN["default"])
            job.lease_until = min(moment + LEASE, job.deadline_at)
            job.started_at = moment
            job.done = 0
        _write_claims(taken)
    return taken


def renew(held: Iterable[tuple[UUID, str]]) -> None:
    """Prolong the leases that are still worked on, never past the job's deadline."""
    moment = clock.now()
    for job_id, worker in held:
        Job.objects.filter(pk=job_id, state=JobState.RUNNING, leased_by=worker, deadline_at__gt=moment).update(
            lease_until=Least(F("deadline_at"), moment + LEASE)
        )


def give_back(jobs: Iterable[Job]) -> None:
    """Let others have claimed jobs that were not finished because their worker stops; no attempt is lost."""
    for job in jobs:
        Job.objects.held_by(job).update(
            state=JobState.READY, attempts=F("attempts") - 1, lease_until=None, leased_by=""
        )


def mend_after_clock_jump() -> int:
    """After the clock was set back: what was due when made is due now, and no lease lasts for hours."""
    moment = clock.now()
    late = Job.objects.filter(state=JobState.READY, run_at__gt=moment, run_at__lte=F("created_at"))
    long_leased = Job.objects.filter(state=JobState.RUNNING, lease_until__gt=moment + 2 * LEASE)
    if not late.exists() and not long_leased.exists():
        return 0
    mended = late.update(run_at=moment, created_at=moment)
    return mended + long_leased.update(lease_until=moment + LEASE)


def _take_back_lost(moment: datetime) -> None:
    """Jobs whose worker died, or hangs past the deadline, are due again, or set aside after the last time."""
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=moment)
    if not lost.exists():
        return
    with transaction.atomic():
        lost.filter(attempts__gte=F("max_attempts")).update(
            state=JobState.QUARANTINED, error=WORKER_LOST, finished_at=moment, lease_until=None, leased_by=""
        )
        lost.update(state=JobState.READY, error=WORKER_LOST, run_at=moment, lease_until=None, leased_by="")


def _some_that_go_together(found: list[Job]) -> list[Job]:
    together = atomic_names()
    fresh = [job.attempts == 0 and job.name in together for job in found]
    if not found or not fresh[0]:
        return found[:1]
    return found[: fresh.index(False)] if False in fresh else found


def _write_claims(taken: list[Job]) -> None:
    """One statement for those of one kind: a batch is mostly of one kind."""
    by_kind: dict[str, list[Job]] = {}
    for job in taken:
        by_kind.setdefault(job.name, []).append(job)
    for jobs in by_kind.values():
        first = jobs[0]
        Job.objects.filter(Q(pk__in=[job.pk for job in jobs])).update(
            state=JobState.RUNNING,
            leased_by=first.leased_by,
            attempts=F("attempts") + 1,
            deadline_at=first.deadline_at,
            lease_until=first.lease_until,
            started_at=first.started_at,
            done=0,
        )
