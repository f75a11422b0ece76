"""Who works on what: claims with a lease, renewed while the work goes on, taken back when it is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least

from filo.foundation import clock
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import LONGEST_RUN, job_named
from filo.foundation.jobs.turns import due, in_turn
from filo.foundation.jobs.watching import changed, tell

LEASE = timedelta(seconds=30)
WORKER_LOST = "WorkerLost"


def claim(worker: str, queues: Sequence[str]) -> Job | None:
    """Take the job whose turn it is; None when there is nothing to do."""
    return next(iter(claim_some(worker, queues, most=1)), None)


def claim_some(worker: str, queues: Sequence[str], *, most: int, after: str = "") -> list[Job]:
    """Take up to `most` short jobs of one queue at once, or one that is long or has failed before.

    Every lane has its turn: pass the lane of the last one as `after` to go on behind it.
    """
    moment = clock.now()
    take_back_lost(moment)
    for queue in queues:
        if not due(queue, moment).exists():  # a look before asking for the write lock
            continue
        with transaction.atomic():
            taken = in_turn(queue, moment, most=most, after=after)
            _lease(taken, worker, moment)
        if taken:
            return taken
    return []


def claim_relayed(worker: str, job_id: UUID) -> Job | None:
    """Take the job that a broker's message names; None when it is not waiting any more (a message too many)."""
    moment = clock.now()
    with transaction.atomic():
        # No SKIP LOCKED: whoever relayed it may not have committed yet, and the message does not come again.
        found = Job.objects.filter(pk=job_id, state=JobState.READY).select_for_update().first()
        if found is None:
            return None
        _lease([found], worker, moment)
    return found


def _lease(taken: list[Job], worker: str, moment: datetime) -> None:
    for job in taken:
        kind = job_named(job.name)
        job.state, job.leased_by, job.attempts = JobState.RUNNING, worker, job.attempts + 1
        job.deadline_at = moment + (kind.deadline if kind else LONGEST_RUN["default"])
        job.lease_until = min(moment + LEASE, job.deadline_at)
        job.started_at = moment
        job.done = 0
    _write_claims(taken)
    for job in taken:
        tell(job, JobState.RUNNING)


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
            state=JobState.READY, attempts=F("attempts") - 1, lease_until=None, leased_by="", relayed_at=None
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


def take_back_lost(moment: datetime) -> None:
    """Jobs whose worker died, or hangs past the deadline, are due again, or set aside after the last time."""
    lost = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=moment)
    if not lost.exists():
        return
    with transaction.atomic():
        lost.filter(attempts__gte=F("max_attempts")).update(
            state=JobState.QUARANTINED, error=WORKER_LOST, finished_at=moment, lease_until=None, leased_by=""
        )
        lost.update(
            state=JobState.READY, error=WORKER_LOST, run_at=moment, lease_until=None, leased_by="", relayed_at=None
        )
    changed()


def _write_claims(taken: list[Job]) -> None:
    """One statement for those of one kind: a batch is mostly of one kind."""
    by_kind: dict[str, list[Job]] = {}
    for job in taken:
        by_kind.setdefault(job.name, []).append(job)
    for jobs in by_kind.values():
        first = jobs[0]
        Job.objects.filter(pk__in=[job.pk for job in jobs]).update(
            state=JobState.RUNNING,
            leased_by=first.leased_by,
            attempts=F("attempts") + 1,
            deadline_at=first.deadline_at,
            lease_until=first.lease_until,
            started_at=first.started_at,
            done=0,
            relayed_at=None,
        )
