"""Reads about tasks that pages and API share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet, UUIDField

from filo.foundation import clock
from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.prepared import asked
from filo.operational.activities.models import Task
from filo.operational.parties.models import Party


@dataclass(frozen=True)
class Day:
    """What somebody has to do: late, today, soon, and whenever there is time."""

    late: list[Task]
    today: list[Task]
    soon: list[Task]
    whenever: list[Task]
    done_today: int

    @property
    def open_count(self) -> int:
        return len(self.late) + len(self.today)


def open_tasks(principal: Principal) -> QuerySet[Task]:
    """Visible tasks not yet done, the earliest first."""
    found = Task.objects.visible_to(principal).for_list().filter(done_at=None)
    return found.order_by(F("due_on").asc(nulls_last=True), "id")


def naming_seen_parties(principal: Principal, tasks: list[Task]) -> list[Task]:
    """The same tasks; one about a party this principal may not see does not name it."""
    ids = {task.party_id for task in tasks if task.party_id}
    seen = set(Party.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
    for task in tasks:
        if task.party_id not in seen:
            task.party = None
    return tasks


def day_of(principal: Principal) -> Day:
    """One's own day: at most 60 tasks, told by day in one's zone."""
    mine = naming_seen_parties(principal, list(open_tasks(principal).filter(assignee=principal.user_id)[:60]))
    today = clock.today()
    done = Task.objects.visible_to(principal).filter(assignee=principal.user_id, done_at__date=today)
    return Day(
        late=[task for task in mine if task.due_on and task.due_on < today],
        today=[task for task in mine if task.due_on == today],
        soon=[task for task in mine if task.due_on and task.due_on > today],
        whenever=[task for task in mine if not task.due_on],
        done_today=done.count(),
    )


def due_tasks(principal: Principal) -> QuerySet[Task] | None:
    """One's own tasks that are due today or late; None for who is nobody."""
    if principal.user_id is None:
        return None
    mine = Task.objects.visible_to(principal).filter(assignee=principal.user_id, done_at=None)
    return mine.filter(due_on__lte=clock.today())


def open_tasks_of(principal: Principal, party: Party) -> list[Task]:
    """The open tasks about a party that this principal may see, at most 20."""
    return _OPEN_OF.rows(principal, party=party.id)


_OPEN_OF = PreparedFor(lambda principal: open_tasks(principal).filter(party=asked("party", UUIDField()))[:20])


def is_late(task: Task, *, on: date) -> bool:
    """Whether a task should have been done before `on`."""
    return task.done_at is None and task.due_on is not None and task.due_on < on
