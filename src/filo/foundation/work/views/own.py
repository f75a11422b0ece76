"""One's own work, one piece of it, and the small sign of it in the shell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.errors import Forbidden
from filo.foundation.jobs.models import STOPPED, Job
from filo.foundation.jobs.registry import job_named
from filo.foundation.jobs.services import cancel_job, replay_job
from filo.foundation.web.requests import StaffRequest
from filo.foundation.work.policies import mends_work, sees_all_work
from filo.foundation.work.queries import just_ended, names_of, seen_job, sign_of, work_page
from filo.foundation.work.results import result_page
from filo.foundation.work.words import label_of, shown_arguments

JUST = timedelta(seconds=5)


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What one asked for, newest first."""
    page = work_page(request.principal, None, cursor=request.GET.get("cursor", "")[:400], own=True)
    return render(request, "work/own.html", {"page": page})


@require_GET
def one(request: StaffRequest, job_id: UUID) -> HttpResponse:
    """One piece of work: how far it is, what came of it, what it was asked."""
    job = seen_job(request.principal, job_id)
    return render(request, "work/job.html", _about(request, job))


@require_GET
def state(request: StaffRequest, job_id: UUID) -> HttpResponse:
    """The same without its page, for the page that watches."""
    return render(request, "work/_job.html", _about(request, seen_job(request.principal, job_id)))


def _about(request: StaffRequest, job: Job) -> dict[str, Any]:
    looks_after = sees_all_work(request.principal)
    is_own = job.requested_by is not None and job.requested_by == request.principal.user_id
    may_act = request.principal.may("job", "edit") and (is_own or mends_work(request.principal))
    return {
        "job": job,
        "label": label_of(job.name),
        "asked_by": names_of([job]).get(job.requested_by) if job.requested_by else None,
        "result": result_page(job),
        "arguments": shown_arguments(job.args) if looks_after else [],
        "looks_after": looks_after,
        "may_cancel": may_act and job.is_open,
        "may_start": may_act and job.state in STOPPED,
        "worker": job.leased_by.rpartition(":")[0],
        "is_known": job_named(job.name) is not None,
    }


@require_POST
def cancel(request: StaffRequest, job_id: UUID) -> HttpResponse:
    """Stop it, with a way back."""
    job = cancel_job(request.principal, seen_job(request.principal, job_id))
    undo = reverse("work:start-again", args=[job.id])
    messages.success(request, _("Stopped: %(what)s") % {"what": label_of(job.name)}, extra_tags=undo)
    return redirect("work:job", job.id)


@require_POST
def start_again(request: StaffRequest, job_id: UUID) -> HttpResponse:
    """Give it all its attempts again."""
    job = replay_job(request.principal, seen_job(request.principal, job_id))
    messages.success(request, _("It is under way again: %(what)s") % {"what": label_of(job.name)})
    return redirect("work:job", job.id)


@require_GET
def now(request: StaffRequest) -> HttpResponse:
    """The sign in the shell, fetched anew."""
    shown = sign_of(request.principal)
    if shown is None:
        raise Forbidden
    return render(request, "work/_sign.html", shown)


@require_GET
def ended(request: StaffRequest) -> HttpResponse:
    """What was over just now, as a short message."""
    person = request.principal.user_id
    job = just_ended(person, within=JUST) if person else None
    if job is None:
        return HttpResponse()
    shown = {"job": job, "label": label_of(job.name), "result": result_page(job) or reverse("work:job", args=[job.pk])}
    return render(request, "work/_ended.html", shown)
