"""What the digest tells of tasks: those of one's own that are late, and those of today."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.notices.digests import MOST_LINES, DigestPart, Line, declare_part
from filo.operational.activities.models import Task
from filo.operational.activities.queries import due_tasks


def declare_digest() -> None:
    """Called once, when the program starts."""
    declare_part(DigestPart("tasks.late", gettext_lazy("Late"), "/tasks", _late), place=10)
    declare_part(DigestPart("tasks.today", gettext_lazy("To do today"), "/tasks", _of_today), place=20)


def _late(principal: Principal) -> list[Line]:
    found = due_tasks(principal)
    return _lines(found.filter(due_on__lt=clock.today()).order_by("due_on", "id")) if found is not None else []


def _of_today(principal: Principal) -> list[Line]:
    found = due_tasks(principal)
    return _lines(found.filter(due_on=clock.today()).order_by("id")) if found is not None else []


def _lines(tasks: QuerySet[Task]) -> list[Line]:
    return [Line(task.title, reverse("activities:edit", args=[task.id])) for task in tasks[:MOST_LINES]]
