"""What follows from what happens to tasks: colleagues are told, and are left in peace when it is done."""

from __future__ import annotations

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.activities.events import TaskDone, TaskGiven
from filo.operational.activities.telling import GIVEN


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
