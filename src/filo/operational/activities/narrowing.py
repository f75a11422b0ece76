"""Narrowing the list of customers by what is to be done for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import CHOICE, values_of
from filo.foundation.filters.fields import FilterField
from filo.foundation.filters.usual import labels
from filo.operational.activities.models import Task
from filo.operational.parties.filters import PARTY_FILTERS

STATES = [("late", _("late")), ("today", _("for today")), ("some", _("there is one")), ("none", _("none"))]


def declare_tasks() -> None:
    """Called once, when the program starts."""
    PARTY_FILTERS.with_more(FilterField("open_task", _("Open task"), CHOICE, _open_task, labels(STATES)))


def _open_task(principal: Principal, operator: str, value: Any) -> Q:
    """By the open tasks that this principal may see; the partial index of open tasks holds them together."""
    wanted = values_of(operator, value)
    if not set(wanted) <= dict(STATES).keys():
        raise ValueError
    tasks = Task.objects.visible_to(principal).filter(done_at=None, party=OuterRef("pk")).order_by()
    by_state = {
        "late": Q(Exists(tasks.filter(due_on__lt=clock.today()))),
        "today": Q(Exists(tasks.filter(due_on=clock.today()))),
        "some": Q(Exists(tasks)),
        "none": ~Q(Exists(tasks)),
    }
    found = by_state[wanted[0]]
    for state in wanted[1:]:
        found |= by_state[state]
    return ~found if operator == "is-not" else found
