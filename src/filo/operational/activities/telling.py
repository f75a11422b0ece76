"""What people are told of tasks: one that was given to them, one that is due; both can be done in place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Act, Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.activities.digest import declare_digest
from filo.operational.activities.models import Task

GIVEN, DUE = "task.given", "task.due"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_digest()
    declare_subject("task", _seen)
    declare_kind(NoticeKind(GIVEN, gettext_lazy("A task for me"), "square-check", _given, by_mail=True, act=_do))
    declare_kind(NoticeKind(DUE, gettext_lazy("A task is due"), "clock", _due, act=_do))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(Task.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", "title"))


def _do(task_id: UUID) -> Act:
    return Act(gettext_lazy("Done"), "check", reverse("activities:do", args=[task_id]))


def _given(facts: Facts) -> str:
    return _("%(actor)s gave you a task: %(title)s") % {"actor": facts.actor, "title": facts.name}


def _due(facts: Facts) -> str:
    day = date.fromisoformat(str(facts.data["due_on"]))
    if day < clock.today():
        return _("Late: %(title)s") % {"title": facts.name}
    return _("Due today: %(title)s") % {"title": facts.name}
