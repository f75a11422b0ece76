"""Tasks at the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import people_named, person_shown
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Day, Shape, YesNo
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.activities.filters import TASK_FILTERS
from filo.operational.activities.models import Task
from filo.operational.activities.services import add_task, do_task, edit_task, reopen_task
from filo.operational.parties.models import Party

router = Router(tags=["tasks"])
Kind = Literal["task", "call", "mail", "meeting"]
PERSON = "A colleague, by e-mail or id."
SORTS = {
    "due_on": (Key("due_on", nullable=True), Key("id")),
    "-due_on": (Key("due_on", descending=True, nullable=True), Key("id", descending=True)),
    "created": (Key("id"),),
    "-created": (Key("id", descending=True),),
}


class TaskBody(Body):
    """Something to do, for oneself unless `assignee` says who."""

    title: str = Field(max_length=200)
    kind: Kind = "task"
    party: UUID | None = None
    due_on: Day | None = None
    assignee: str | None = Field(None, description=PERSON)


class TaskChange(Body):
    """What changes; `done` does it or takes that back."""

    title: str = Field("", max_length=200)
    kind: Kind = "task"
    due_on: Day | None = None
    assignee: str = Field("", description=PERSON)
    done: YesNo = False


class Doer(Shape):
    """Who is to do it."""

    id: UUID
    name: str
    email: str


class TaskParty(Shape):
    """Whom it is about."""

    id: UUID
    kind: Literal["person", "organisation"]
    display_name: str


class TaskShape(Shape):
    """Something to do. `party` is null when it is about nobody, or about somebody one does not see."""

    id: UUID
    title: str
    kind: Kind
    party: TaskParty | None
    assignee: Doer
    due_on: date | None
    done: bool
    done_at: datetime | None
    version: int
    created_at: datetime


class TaskList(Shape):
    """A page of tasks."""

    items: list[TaskShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/tasks", response=TaskList, summary="List tasks")
def list_tasks(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The tasks one sees, the earliest first. Orders: due_on, created. Filters: done, assignee, party, kind, due_on.

    `q` are words of the title.
    """
    principal = require(request, "task", "view")
    found = _visible(principal)
    for word in asked.q.split()[:8]:
        found = found.filter(title__icontains=word)
    page, count = listed(principal, found, asked, sorts=SORTS, filters=TASK_FILTERS)
    return list_answer(_shown(principal, page.rows), page.next, count)


@router.post("/tasks", response={201: TaskShape}, summary="Add a task", openapi_extra=VERSIONED)
def add_a_task(request: ApiRequest, body: TaskBody) -> HttpResponse:
    """Something to do."""
    principal = require(request, "task", "create")
    task = add_task(
        principal,
        title=body.title,
        kind=body.kind,
        party=_party(principal, body.party),
        due_on=body.due_on,
        assignee_id=_person(body.assignee),
    )
    headers = {"Location": f"/api/v1/tasks/{task.id}"}
    return versioned(request, _one(principal, task), status=201, headers=headers)


@router.get("/tasks/{uuid:task_id}", response=TaskShape, summary="Read a task", openapi_extra=VERSIONED)
def get_task(request: ApiRequest, task_id: UUID) -> HttpResponse:
    """One task."""
    principal = require(request, "task", "view")
    return versioned(request, _one(principal, _seen(principal, task_id)))


@router.patch("/tasks/{uuid:task_id}", response=TaskShape, summary="Change a task", openapi_extra=VERSIONED)
def change_task(request: ApiRequest, task_id: UUID, body: TaskChange) -> HttpResponse:
    """Change title, day, kind or assignee, do it (`"done": true`) or take that back."""
    principal = require(request, "task", "edit")
    task = _seen(principal, task_id)
    sent = body.sent()
    wanted = {name: value for name, value in sent.items() if name not in ("done", "assignee")}
    if "assignee" in sent:
        wanted["assignee_id"] = _person(sent["assignee"])
    version = version_to_write(request, task.version)
    try:
        # One request may name two verbs; both or neither.
        with transaction.atomic():
            edit_task(principal, task, version=version, **wanted)
            if "done" in sent:
                (do_task if sent["done"] else reopen_task)(principal, task)
    except Stale as error:
        now = _one(principal, _seen(principal, task_id))
        raise stale(now | {"assignee": now["assignee"]["email"]}, sent, error) from None
    return versioned(request, _one(principal, Task.objects.select_related("party", "assignee").get(pk=task.pk)))


def _visible(principal: Principal) -> QuerySet[Task]:
    return Task.objects.visible_to(principal).for_list()


def _seen(principal: Principal, task_id: UUID) -> Task:
    task = _visible(principal).filter(pk=task_id).first()
    if task is None:
        raise NotFound
    return task


def _party(principal: Principal, party_id: UUID | None) -> Party | None:
    if party_id is None:
        return None
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def _person(name: str | None) -> UUID | None:
    if name is None:
        return None
    found = people_named([name]).get(name)
    if found is None:
        raise InvalidFields({"assignee": _("Choose somebody who works here.")})
    return found.id


def _one(principal: Principal, task: Task) -> dict[str, Any]:
    return _shown(principal, [task])[0]


def _shown(principal: Principal, tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """The tasks; the party is named only to whom sees it."""
    parties = {task.party_id for task in tasks if task.party_id}
    rows = Party.objects.visible_to(principal).filter(pk__in=parties)
    seen = {party.id: party for party in rows} if parties else {}
    return [_shape(task, seen.get(task.party_id) if task.party_id else None) for task in tasks]


def _shape(task: Task, party: Party | None) -> dict[str, Any]:
    about = {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None
    return {
        "id": task.id,
        "title": task.title,
        "kind": task.kind,
        "party": about,
        "assignee": person_shown(task.assignee),
        "due_on": task.due_on,
        "done": task.done_at is not None,
        "done_at": task.done_at,
        "version": task.version,
        "created_at": task.created_at,
    }
