"""Tasks: the list, a new one, done, undone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version, wants_fragment
from filo.operational.activities.forms import TaskForm
from filo.operational.activities.models import Task
from filo.operational.activities.queries import day_of, naming_seen_parties, open_tasks, open_tasks_of
from filo.operational.activities.services import add_task, do_task, edit_task, reopen_task
from filo.operational.parties.queries.find import seen_party


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """My tasks, or those of everyone I lead."""
    request.principal.require("task", "view")
    everyone = request.GET.get("whose") == "all"
    context = {"everyone": everyone, "tasks": _everyones(request) if everyone else None}
    return render(request, "activities/list.html", context | {"day": day_of(request.principal)})


def _everyones(request: StaffRequest) -> list[Task]:
    return naming_seen_parties(request.principal, list(open_tasks(request.principal)[:60]))


@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """The panel of the first page, refetched when my tasks change."""
    return render(request, "activities/_today.html", {"day": day_of(request.principal)})


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The open tasks about a party, refetched when they change."""
    party = seen_party(request.principal, party_id)
    context = {"party": party, "tasks": open_tasks_of(request.principal, party)}
    return render(request, "activities/_on_card.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new task, about a party or not."""
    wanted = request.GET.get("party") or request.POST.get("party")
    party = seen_party(request.principal, asked_id(wanted)) if wanted else None
    form = TaskForm(request.principal, request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            add_task(
                request.principal,
                title=found["title"],
                due_on=found["due_on"],
                due_time=found["due_time"],
                party=party,
                assignee_id=found["assignee"].id,
            )
            messages.success(request, _("The task is noted."))
            return redirect("parties:card", party.id) if party else redirect("activities:list")
        except InvalidFields as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    template = "activities/_form.html" if party and wants_fragment(request) else "activities/new.html"
    return render(request, template, {"form": form, "party": party}, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Change what, when or who."""
    task = naming_seen_parties(request.principal, [_seen_task(request, task_id)])[0]
    initial = {"title": task.title, "due_on": task.due_on, "due_time": task.due_time, "assignee": task.assignee_id}
    form = TaskForm(request.principal, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            edit_task(
                request.principal,
                task,
                version=posted_version(request),
                title=found["title"],
                due_on=found["due_on"],
                due_time=found["due_time"],
                assignee_id=found["assignee"].id,
            )
            messages.success(request, _("Saved."))
            return redirect("activities:list")
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            task.version = error.version
    context = {"form": form, "party": task.party, "task": task, "version": task.version}
    return render(request, "activities/new.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def do(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Done, with a way back."""
    task = do_task(request.principal, _seen_task(request, task_id))
    undo = reverse("activities:reopen", args=[task.id])
    messages.success(request, _("Done: %(title)s") % {"title": task.title}, extra_tags=undo)
    return _back(request)


@require_POST
def reopen(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Not done after all."""
    task = reopen_task(request.principal, _seen_task(request, task_id))
    messages.success(request, _("To do again: %(title)s") % {"title": task.title})
    return _back(request)


def _seen_task(request: StaffRequest, task_id: UUID) -> Task:
    rows = Task.objects.visible_to(request.principal).for_list()
    task = rows.filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


def _back(request: StaffRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    return redirect(target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/")
