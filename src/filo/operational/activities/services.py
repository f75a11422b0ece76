"""Verbs about tasks: add, change, do, take back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import record
from filo.foundation.audit.undoable import PutBack, Values
from filo.foundation.errors import Forbidden, InvalidFields, NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.foundation.push.services import publish
from filo.operational.activities.events import TaskAdded, TaskDone, TaskEdited, TaskGiven, TaskReopened
from filo.operational.activities.models import KINDS, Task
from filo.operational.activities.policies import TASK_EDITED
from filo.operational.parties.models import Party
from filo.operational.parties.policies import PARTY_SEEN
from filo.operational.parties.services.following import put_back_piece
from filo.operational.parties.services.timeline import page_changed, tell, untell

EDITABLE = ("title", "due_on", "due_time", "kind", "assignee_id")


def add_task(
    principal: Principal,
    *,
    title: str,
    party: Party | None = None,
    due_on: date | None = None,
    due_time: time | None = None,
    kind: str = "task",
    assignee_id: UUID | None = None,
) -> Task:
    """Something to do, for oneself unless `assignee_id` says who. Raises `Forbidden`, `InvalidFields`."""
    scope = principal.require("task", "create")
    assignee = _assignee(principal, scope, assignee_id)
    title = _clean_title(title)
    _check_kind(kind)
    with transaction.atomic():
        task = Task.objects.create(
            title=title,
            kind=kind,
            party=party,
            assignee=assignee,
            due_on=due_on,
            due_time=due_time if due_on else None,
            created_by_id=principal.user_id,
            unit_id=assignee.unit_id,
            created_at=clock.now(),
        )
        record(principal, "task.add", kind="task", object_id=task.id, changes={"title": (None, title)})
        announce(principal, TaskAdded(task=task.id))
        _announce_given(principal, task)
        _tell_pages(principal, task)
    return task


def edit_task(principal: Principal, task: Task, *, version: int | None, **fields: object) -> Task:
    """Change title, day, kind or assignee. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    scope = principal.require("task", "edit")
    if not TASK_EDITED.allows(principal, task):
        raise Forbidden
    if "title" in fields:
        fields["title"] = _clean_title(str(fields["title"]))
    if "kind" in fields:
        _check_kind(str(fields["kind"]))
    if "assignee_id" in fields:
        fields["assignee_id"] = fields["assignee_id"] or principal.user_id
    with transaction.atomic():
        locked = Task.objects.select_for_update().get(pk=task.pk)
        changes = {
            name: (getattr(locked, name), value)
            for name, value in fields.items()
            if name in EDITABLE and getattr(locked, name) != value
        }
        if version is not None and version != locked.version:
            raise Stale(changes, version=locked.version)
        if "assignee_id" in changes:
            locked.unit_id = _assignee(principal, scope, fields["assignee_id"]).unit_id  # type: ignore[arg-type]
        for name, (_before, after) in changes.items():
            setattr(locked, name, after)
        if changes:
            locked.version += 1
            locked.save()
            told = {name: (_kept(pair[0]), _kept(pair[1])) for name, pair in changes.items()}
            record(principal, "task.edit", kind="task", object_id=locked.id, changes=told)
            announce(principal, TaskEdited(task=locked.id))
            if "assignee_id" in changes:
                _announce_given(principal, locked)
            _tell_pages(principal, locked)
    return locked


def let_task_follow(principal: Principal, task: Task, facts: Mapping[str, Any]) -> Task:
    """It goes to whom its customer was given, with no word to him of each: called by what follows from that."""
    with transaction.atomic():
        locked = Task.objects.select_for_update().get(pk=task.pk)
        before = {name: getattr(locked, name) for name in facts}
        changes = {name: (before[name], value) for name, value in facts.items() if before[name] != value}
        if not changes:
            return locked
        _tell_pages(principal, locked)
        for name, (_before, after) in changes.items():
            setattr(locked, name, after)
        locked.version += 1
        locked.save()
        record(principal, "task.follow", kind="task", object_id=locked.id, changes=changes)
        announce(principal, TaskEdited(task=locked.id))
        _tell_pages(principal, locked)
    return locked


def follow_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """How a task that went along with its customer is taken back. Raises `NotFound`, `Forbidden`."""
    task = Task.objects.visible_to(principal).filter(pk=entry.object_id).first()
    if task is None:
        raise NotFound
    principal.require("task", "edit")
    if not TASK_EDITED.allows(principal, task):
        raise Forbidden
    return put_back_piece(principal, task, values, let_task_follow)


def _kept(value: object) -> object:
    """As the audit keeps it: an hour as it is written."""
    return f"{value:%H:%M}" if isinstance(value, time) else value


def _announce_given(principal: Principal, task: Task) -> None:
    if task.assignee_id != principal.user_id:
        announce(principal, TaskGiven(task=task.id, assignee=task.assignee_id))


def do_task(principal: Principal, task: Task) -> Task:
    """It is done; doing it twice changes nothing. Raises `Forbidden`."""
    return _mark(principal, task, done=True)


def reopen_task(principal: Principal, task: Task) -> Task:
    """It is not done after all (undo). Raises `Forbidden`."""
    return _mark(principal, task, done=False)


def _mark(principal: Principal, task: Task, *, done: bool) -> Task:
    principal.require("task", "edit")
    if not TASK_EDITED.allows(principal, task):
        raise Forbidden
    with transaction.atomic():
        locked = Task.objects.select_for_update(of=("self",)).select_related("party", "assignee").get(pk=task.pk)
        if (locked.done_at is not None) == done:
            return locked
        locked.done_at = clock.now() if done else None
        locked.version += 1
        locked.save()
        record(principal, "task.do" if done else "task.reopen", kind="task", object_id=locked.id)
        announce(principal, TaskDone(task=locked.id) if done else TaskReopened(task=locked.id))
        _tell_timeline(principal, locked, done=done)
        _tell_pages(principal, locked)
    return locked


def _tell_timeline(principal: Principal, task: Task, *, done: bool) -> None:
    if task.party is None or not PARTY_SEEN.allows(principal, task.party):
        return  # nobody writes into the story of a customer that is not theirs to see
    if not done:
        untell("task", task.id)
        return
    tell(
        principal,
        task.party,
        at=clock.now(),
        kind="task.done",
        object="task",
        summary=task.title,
        reference_kind="task",
        reference_id=task.id,
        owner_id=task.assignee_id,
        unit_id=task.unit_id,
    )


def _tell_pages(principal: Principal, task: Task) -> None:
    publish(f"user:{task.assignee_id}", "tasks", by=principal.page)
    if task.party_id:
        page_changed(principal, [task.party_id], "tasks")
        page_changed(principal, [task.party_id], "timeline")


def _assignee(principal: Principal, scope: Scope, user_id: UUID | None) -> User:
    wanted = user_id or principal.user_id
    if scope is Scope.OWN and wanted != principal.user_id:
        raise Forbidden(_("You may only make tasks for yourself."))
    found = User.objects.filter(pk=wanted, is_active=True).first() if wanted else None
    if found is None:
        raise InvalidFields({"assignee": _("Choose somebody who works here.")})
    return found


def _clean_title(title: str) -> str:
    found = clean_line(title, max_length=200)
    if not found:
        raise InvalidFields({"title": _("Say what is to be done.")})
    return found


def _check_kind(kind: str) -> None:
    if kind not in dict(KINDS):
        raise InvalidFields({"kind": _("Choose one of: %(names)s.") % {"names": ", ".join(dict(KINDS))}})
