"""What follows from what happens to tasks: colleagues are told, and are left in peace when it is done."""

from __future__ import annotations

from django.db.models import QuerySet

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.activities.events import TaskDone, TaskGiven
from filo.operational.activities.models import Task
from filo.operational.activities.services import let_task_follow
from filo.operational.activities.telling import GIVEN
from filo.operational.parties.events import RelationshipAssigned
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.following import follow


@on(TaskGiven)
def tell_assignee(event: TaskGiven, meta: EventMeta) -> None:
    """A task was given to somebody."""
    if is_news(meta.time):
        task = Subject("task", event.task)
        notify(GIVEN, [event.assignee], subject=task, url=f"/tasks/{event.task}", actor=meta.actor_id)


@on(TaskDone)
def leave_in_peace(event: TaskDone, _meta: EventMeta) -> None:
    """What is done needs no notice."""
    settle("task", event.task)


@on(RelationshipAssigned)
def tasks_go_along(event: RelationshipAssigned, meta: EventMeta) -> None:
    """What is to be done about a customer follows him, unless whoever has it follows him for another line still."""
    rows = _to_do_about if event.undoes else _to_do_about_him_alone
    follow(event, meta, action="task.follow", rows=rows, change=let_task_follow, owner="assignee")


def _to_do_about(row: Relationship) -> QuerySet[Task]:
    return Task.objects.filter(party=row.party_id, done_at=None)


def _to_do_about_him_alone(row: Relationship) -> QuerySet[Task]:
    others = Relationship.objects.filter(party=row.party_id, ended_at=None).exclude(pk=row.pk).exclude(owner=None)
    return _to_do_about(row).exclude(assignee__in=others.values("owner"))
