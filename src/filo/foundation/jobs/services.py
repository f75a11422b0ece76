"""Verbs about jobs: enqueue with a change, cancel, start again."""

from __future__ import annotations

import inspect
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.jobs.bells import queue_bell
from filo.foundation.jobs.errors import JobFinished, JobNotStopped
from filo.foundation.jobs.models import STOPPED, Job, JobState
from filo.foundation.jobs.policies import JOB
from filo.foundation.jobs.registry import JobKind, job_named
from filo.foundation.jobs.turns import lane_of
from filo.foundation.jobs.watching import tell
from filo.foundation.web.cause import request_at_work


def enqueue(
    work: JobKind[Any] | str,
    *,
    principal: Principal | None = None,
    run_at: datetime | None = None,
    key: str | None = None,
    **args: Any,
) -> Job:
    """Store a job in the caller's transaction: it exists if the change does, and never runs before it.

    `work` is the job or its name ("topic.function", for who stands below it). With a `key` there is one job
    of that name and key, however often it is asked for; the first is given. Raises TypeError for arguments
    that do not fit or are no JSON values, LookupError for an unknown name.
    """
    kind = job_named(work) if isinstance(work, str) else work
    if kind is None:
        raise LookupError(f"there is no job named {work!r}")
    inspect.signature(kind.function).bind(None, **args)
    json.dumps(args)
    moment = clock.now()
    made = Job(
        name=kind.name,
        args=args,
        queue=kind.queue,
        max_attempts=kind.attempts,
        run_at=run_at or moment,
        created_at=moment,
        key=key,
        requested_by=principal.user_id if principal else None,
        request_id=request_at_work(),
        lane=lane_of(kind.name, principal.user_id if principal else None),
    )
    if key is None:
        made.save(force_insert=True)
    else:
        # Insert or leave, then read: two who ask at once get the same row on both engines.
        Job.objects.bulk_create([made], ignore_conflicts=True)
        made = Job.objects.get(name=kind.name, key=key)
    transaction.on_commit(queue_bell(kind.queue).ring)
    tell(made, made.state)
    return made


def cancel_job(principal: Principal, job: Job) -> Job:
    """Stop a job before or while it runs; what an atomic one has done is taken back.

    Raises `NotFound`, `Forbidden`, `JobFinished`.
    """
    with transaction.atomic():
        locked = _locked(principal, job)
        if not locked.is_open:
            raise JobFinished
        locked.state = JobState.CANCELLED
        locked.finished_at = clock.now()
        locked.lease_until, locked.leased_by = None, ""
        locked.save(update_fields=["state", "finished_at", "lease_until", "leased_by"])
        tell(locked, locked.state)
    return locked


def replay_job(principal: Principal, job: Job) -> Job:
    """Give a job that was set aside, refused or cancelled all its attempts again.

    Raises `NotFound`, `Forbidden`, `JobNotStopped`.
    """
    with transaction.atomic():
        locked = _locked(principal, job)
        if locked.state not in STOPPED:
            raise JobNotStopped
        locked.state, locked.attempts, locked.error = JobState.READY, 0, ""
        locked.run_at, locked.started_at, locked.finished_at = clock.now(), None, None
        locked.done, locked.total, locked.relayed_at = 0, None, None
        locked.save()
        tell(locked, locked.state)
        transaction.on_commit(queue_bell(locked.queue).ring)
    return locked


def _locked(principal: Principal, job: Job) -> Job:
    """The row, locked, for one who may change it: who asked for it, or who may change everybody's."""
    if not Job.objects.visible_to(principal).filter(pk=job.pk).exists():
        raise NotFound
    scope = principal.require(JOB.code, "edit")
    if scope is not Scope.ALL and (job.requested_by is None or job.requested_by != principal.user_id):
        raise Forbidden
    return Job.objects.select_for_update().get(pk=job.pk)
