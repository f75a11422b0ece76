"""Work in the background at the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.services import cancel_job, replay_job
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Shape
from filo.foundation.web.paging import Key
from filo.foundation.work.filters import JOB_FILTERS
from filo.foundation.work.policies import sees_all_work
from filo.foundation.work.queries import first_line, seen_job
from filo.foundation.work.words import label_of

router = Router(tags=["jobs"])
SORTS = {"-created": (Key("id", descending=True),), "created": (Key("id"),)}


class JobShape(Shape):
    """A piece of work. `rate` is in pieces a second; `error` names what broke, for who looks after the firm."""

    id: UUID
    kind: str
    label: str
    queue: str
    state: Literal["ready", "running", "done", "failed", "cancelled", "quarantined"]
    attempts: int
    max_attempts: int
    done: int
    total: int | None
    rate: float | None
    seconds_left: float | None
    error: str
    requested_by: UUID | None
    run_at: datetime
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class JobList(Shape):
    """A page of work."""

    items: list[JobShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/jobs", response=JobList, summary="List work in the background")
def list_jobs(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """One's own, the newest first; everybody's for who looks after the firm."""
    principal = require(request, "job", "view")
    found = Job.objects.visible_to(principal)
    page, count = listed(principal, found, asked, sorts=SORTS, filters=JOB_FILTERS)
    return list_answer([_shape(principal, job) for job in page.rows], page.next, count)


@router.get("/jobs/{uuid:job_id}", response=JobShape, summary="Read a job")
def get_job(request: ApiRequest, job_id: UUID) -> HttpResponse:
    """How far it is, or how it ended."""
    principal = require(request, "job", "view")
    return answer(_shape(principal, seen_job(principal, job_id)))


@router.post("/jobs/{uuid:job_id}/cancel", response=JobShape, summary="Stop a job")
def stop_job(request: ApiRequest, job_id: UUID) -> HttpResponse:
    """Before or while it runs; what is over cannot be stopped (409)."""
    principal = require(request, "job", "edit")
    return answer(_shape(principal, cancel_job(principal, seen_job(principal, job_id))))


@router.post("/jobs/{uuid:job_id}/retry", response={202: JobShape}, summary="Start a job again")
def retry_job(request: ApiRequest, job_id: UUID) -> HttpResponse:
    """What was set aside, refused or stopped gets all its attempts again."""
    principal = require(request, "job", "edit")
    job = replay_job(principal, seen_job(principal, job_id))
    return answer(_shape(principal, job), status=202, headers={"Location": f"/api/v1/jobs/{job.id}"})


def _shape(principal: Principal, job: Job) -> dict[str, Any]:
    left = job.time_left
    return {
        "id": job.id,
        "kind": job.name,
        "label": label_of(job.name),
        "queue": job.queue,
        "state": job.state,
        "attempts": job.attempts,
        "max_attempts": job.max_attempts,
        "done": job.done,
        "total": job.total,
        "rate": round(job.rate, 1) if job.rate else None,
        "seconds_left": round(left.total_seconds(), 1) if left is not None else None,
        "error": first_line(job.error) if sees_all_work(principal) else "",
        "requested_by": job.requested_by,
        "run_at": job.run_at,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
    }
