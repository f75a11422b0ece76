"""The morning: whoever has something to do today, or late, is told once a task and day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.foundation.notices.services.telling import Subject, notify
from filo.operational.activities.models import Task
from filo.operational.activities.telling import DUE

BEGINS, ENDS = 7, 12  # hours of a person's morning: who was told once that day is not told again
MOST_TOLD = 30


@every(minutes=15)
@job(label=_("Tasks of the day"), atomic=False)
def tell_of_due_tasks(_context: JobContext) -> int:
    """Tell everybody in whose zone it is morning of what is due or late; gives how many lines."""
    moment = clock.now()
    return sum(_tell(person, moment) for person in active_people() if _is_morning(person, moment))


def _is_morning(person: User, moment: datetime) -> bool:
    return BEGINS <= moment.astimezone(ZoneInfo(person.time_zone)).hour < ENDS


def _tell(person: User, moment: datetime) -> int:
    today = moment.astimezone(ZoneInfo(person.time_zone)).date()
    due = _due(person.id).filter(due_on__lte=today).order_by("-due_on", "id")
    return sum(
        notify(
            DUE,
            [person.id],
            subject=Subject("task", task.id),
            data={"due_on": str(task.due_on)},
            url=f"/tasks/{task.id}",
            key=f"{DUE}:{task.id}:{today}",
        )
        for task in due[:MOST_TOLD]
    )


def _due(person_id: UUID) -> QuerySet[Task]:
    return Task.objects.filter(assignee=person_id, done_at=None)
