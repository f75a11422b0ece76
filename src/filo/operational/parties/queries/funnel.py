"""Entries into and exits from each stage in a period, over what one may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils import timezone

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Relationship, StageChange
from filo.operational.parties.models.relationship import STAGES


@dataclass(frozen=True)
class Step:
    """One stage: how many are in it now, entered it and left it in the period."""

    code: str
    label: str
    now: int
    entered: int
    left: int
    share: int  # of the widest stage, in percent: the width that is drawn


def funnel(principal: Principal, *, since: date, until: date, company: SellingCompany | None = None) -> list[Step]:
    """The four stages with their movements from `since` to `until`, both included, in the active zone."""
    rows = Relationship.objects.visible_to(principal)
    if company:
        rows = rows.filter(company=company)
    changes = StageChange.objects.filter(at__gte=_start(since), at__lt=_start(until + timedelta(days=1)))
    if company:
        changes = changes.filter(company=company)
    if principal.scope("party", "view") is not Scope.ALL or principal.company_ids is not None:
        changes = changes.filter(relationship__in=rows.order_by().values("pk"))
    moved = changes.exclude(from_stage="", to_stage="")
    entered = dict(moved.order_by().values_list("to_stage").annotate(n=Count("pk")))
    left = dict(moved.order_by().values_list("from_stage").annotate(n=Count("pk")))
    living = rows.filter(ended_at=None, party__deleted_at=None)
    now = dict(living.order_by().values_list("stage").annotate(n=Count("pk")))
    widest = max([*now.values(), 1])
    return [
        Step(
            code,
            str(label),
            now.get(code, 0),
            entered.get(code, 0),
            left.get(code, 0),
            round(100 * now.get(code, 0) / widest),
        )
        for code, label in STAGES
    ]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
