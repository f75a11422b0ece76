"""Verbs about all that broke in one way: start it again, drop it, take that back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record_many
from filo.foundation.errors import Forbidden
from filo.foundation.jobs.bells import queue_bell
from filo.foundation.jobs.models import IN_TROUBLE, Job, JobState
from filo.foundation.jobs.policies import JOB
from filo.foundation.jobs.registry import QUEUES
from filo.foundation.jobs.watching import changed

MOST_AT_ONCE = 10_000


def start_group(principal: Principal, name: str, error: str) -> int:
    """Give all that broke in this way all their attempts again; gives how many. Raises `Forbidden`."""
    _require_all(principal)
    with transaction.atomic():
        ids = _locked(_group(name, error).filter(state__in=IN_TROUBLE))
        Job.objects.filter(pk__in=ids).update(
            state=JobState.READY,
            attempts=0,
            error="",
            run_at=clock.now(),
            started_at=None,
            finished_at=None,
            relayed_at=None,
            done=0,
            total=None,
        )
        record_many(principal, "job.start-again", [Change("job", one, {}) for one in ids])
        changed()
        for queue in QUEUES:
            transaction.on_commit(queue_bell(queue).ring)
    return len(ids)


def drop_group(principal: Principal, name: str, error: str) -> tuple[int, datetime]:
    """Leave all that broke in this way for good; gives how many, and the moment by which it is taken back.

    Raises `Forbidden`.
    """
    _require_all(principal)
    moment = clock.now()
    with transaction.atomic():
        ids = _locked(_group(name, error).filter(state__in=IN_TROUBLE))
        Job.objects.filter(pk__in=ids).update(state=JobState.CANCELLED, finished_at=moment)
        record_many(principal, "job.drop", [Change("job", one, {}) for one in ids])
    return len(ids), moment


def take_back_drop(principal: Principal, name: str, error: str, moment: datetime) -> int:
    """Set aside again what was dropped at this moment; gives how many. Raises `Forbidden`."""
    _require_all(principal)
    with transaction.atomic():
        ids = _locked(_group(name, error).filter(state=JobState.CANCELLED, finished_at=moment))
        Job.objects.filter(pk__in=ids).update(state=JobState.QUARANTINED)
        record_many(principal, "job.take-back-drop", [Change("job", one, {}) for one in ids])
    return len(ids)


def _require_all(principal: Principal) -> None:
    if principal.require(JOB.code, "edit") is not Scope.ALL:
        raise Forbidden


def _group(name: str, error: str) -> QuerySet[Job]:
    return Job.objects.filter(Q(error=error) | Q(error__startswith=f"{error}\n"), name=name)


def _locked(found: QuerySet[Job]) -> list[UUID]:
    return list(found.select_for_update().order_by("id").values_list("pk", flat=True)[:MOST_AT_ONCE])
