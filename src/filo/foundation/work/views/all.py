"""Everybody's work: the queues and their day, the list, what broke, what comes round."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.errors import BadRequest
from filo.foundation.jobs.groups import drop_group, start_group, take_back_drop
from filo.foundation.web.requests import StaffRequest
from filo.foundation.work.drawing import Day, drawn
from filo.foundation.work.filters import JOB_FILTERS
from filo.foundation.work.policies import mends_work, require_all
from filo.foundation.work.queries import (
    broken_groups,
    ended_by_hour,
    names_of,
    queue_states,
    recurring,
    tree_of,
    work_page,
)
from filo.foundation.work.services import run_now
from filo.foundation.work.words import label_of, rule_in_words


@require_GET
def overview(request: StaffRequest) -> HttpResponse:
    """How each queue stands, and the last 24 hours."""
    return render(request, "work/overview.html", _queues(request))


@require_GET
def queues(request: StaffRequest) -> HttpResponse:
    """The same without its page, for the page that watches."""
    return render(request, "work/_queues.html", _queues(request))


def _queues(request: StaffRequest) -> dict[str, Any]:
    states = queue_states(request.principal)
    day: Day = drawn(ended_by_hour(request.principal))
    return {"states": states, "day": day, "set_aside": sum(state.set_aside for state in states)}


@require_GET
def jobs(request: StaffRequest) -> HttpResponse:
    """The list, narrowed by state, queue, kind and person."""
    require_all(request.principal)
    asked = {name: request.GET.get(name, "")[:120] for name in JOB_FILTERS.fields}
    page = work_page(request.principal, tree_of(asked), cursor=request.GET.get("cursor", "")[:400])
    choices = [
        (field, field.choices(request.principal) if field.choices else [], asked[field.name])
        for field in JOB_FILTERS.fields.values()
    ]
    shown = {"page": page, "choices": choices, "is_narrowed": any(asked.values()), "names": names_of(page.rows)}
    return render(request, "work/jobs.html", shown)


@require_GET
def set_aside(request: StaffRequest) -> HttpResponse:
    """What broke, by kind and error."""
    groups = [(group, label_of(group.name)) for group in broken_groups(request.principal)]
    return render(request, "work/set_aside.html", {"groups": groups, "may_mend": mends_work(request.principal)})


@require_POST
def group_again(request: StaffRequest) -> HttpResponse:
    """All of a group once more."""
    number = start_group(request.principal, *_named(request))
    told = ngettext("%(n)s is under way again.", "%(n)s are under way again.", number)
    messages.success(request, told % {"n": number})
    return redirect("work:set-aside")


@require_POST
def drop(request: StaffRequest) -> HttpResponse:
    """A group is left for good, with a way back."""
    name, error = _named(request)
    number, moment = drop_group(request.principal, name, error)
    query = urlencode({"name": name, "error": error, "at": moment.isoformat()})
    undo = f"{reverse('work:take-back-drop')}?{query}"
    told = ngettext("%(n)s dropped.", "%(n)s dropped.", number) % {"n": number}
    messages.success(request, told, extra_tags=undo)
    return redirect("work:set-aside")


@require_POST
def undo_drop(request: StaffRequest) -> HttpResponse:
    """What was dropped is set aside again."""
    require_all(request.principal, "edit")
    moment = _moment(request.GET.get("at", ""))
    take_back_drop(request.principal, request.GET.get("name", "")[:120], request.GET.get("error", "")[:400], moment)
    messages.success(request, _("It is back among what is set aside."))
    return redirect("work:set-aside")


def _moment(text: str) -> Any:
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise BadRequest
    return found


def _named(request: StaffRequest) -> tuple[str, str]:
    return request.POST.get("name", "")[:120], request.POST.get("error", "")[:400]


@require_GET
def schedules(request: StaffRequest) -> HttpResponse:
    """What comes round, when, and how the last time went."""
    found = [(one, label_of(one.name), rule_in_words(one.rule)) for one in recurring(request.principal)]
    return render(request, "work/schedules.html", {"found": found, "may_mend": mends_work(request.principal)})


@require_POST
def run(request: StaffRequest, name: str) -> HttpResponse:
    """Once more, now."""
    job = run_now(request.principal, name)
    messages.success(request, _("On its way: %(what)s") % {"what": label_of(job.name)})
    return redirect("work:schedules")
