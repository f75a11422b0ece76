"""What a list of tasks may be narrowed by."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import CHOICE, among, by_day, by_id
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.operational.activities.models import KINDS
from filo.operational.parties.models import Party

DUE = ("before", "after", "today", "this-week", "this-month", "next-days", "within-days", "empty")


def _done(_principal: Principal, _operator: str, value: Any) -> Q:
    if not isinstance(value, bool):
        raise ValueError
    return Q(done_at__isnull=not value)


def _due(principal: Principal, operator: str, value: Any) -> Q:
    if operator == "empty":
        return Q(due_on=None)
    if operator in ("before", "after"):
        day = date.fromisoformat(str(value))
        return Q(due_on__lt=day) if operator == "before" else Q(due_on__gt=day)
    if operator != "within-days":
        return by_day("due_on")(principal, operator, value)
    return Q(due_on__lte=clock.today() + timedelta(days=max(0, min(int(value), 36_500))))


def _party(principal: Principal, operator: str, value: Any) -> Q:
    """Tasks about customers that one sees: others are about nobody."""
    return by_id("party")(principal, operator, value) & Q(party__in=Party.objects.visible_to(principal))


TASK_FILTERS = FilterSet.of(
    FilterField("done", gettext_lazy("Done"), ("is",), _done),
    FilterField("assignee", gettext_lazy("For"), CHOICE, by_id("assignee")),
    FilterField("party", gettext_lazy("Customer"), ("is", "in"), _party),
    FilterField("kind", gettext_lazy("Kind"), CHOICE, among("kind", dict(KINDS))),
    FilterField("due_on", gettext_lazy("By"), DUE, _due),
)
