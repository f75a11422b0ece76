"""Entries into and exits from each stage in a period, over what one may see."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.sizes import rows_about
from filo.foundation.web.paging import LARGE
from filo.operational.parties.models import Party, Relationship, StageChange
from filo.operational.parties.models.relationship import STAGES, RelationshipQuerySet
from filo.operational.parties.policies import sees_everything

KEPT_SECONDS = 60


@dataclass(frozen=True)
class Step:
    """One stage: how many are in it now, entered it and left it in the period."""

    code: str
    label: str
    now: int
    entered: int
    left: int
    share: int  # of the widest stage, in percent: the width that is drawn


Movement = dict[str, dict[str, int]]


def funnel(principal: Principal, *, since: date, until: date, company: SellingCompany | None = None) -> list[Step]:
    """The four stages with their movements from `since` to `until`, both included, in the active zone.

    In a large house the figures are those of at most a minute ago.
    """
    if rows_about(Relationship) < LARGE:
        found = _movement(principal, since, until, company)
    else:
        key = _key(principal, since, until, company)
        kept = cache.get(key)
        found = json.loads(kept) if kept else _movement(principal, since, until, company)
        if not kept:
            cache.set(key, json.dumps(found), timeout=KEPT_SECONDS)
    now, entered, left = found["now"], found["entered"], found["left"]
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


def _key(principal: Principal, since: date, until: date, company: SellingCompany | None) -> str:
    """The same for those who see the same."""
    reach = [principal.scope("party", "view"), principal.user_id, principal.company_ids, sorted(principal.unit_ids)]
    asked = [clock.midnight(since), until, company.pk if company else None]
    return f"funnel:{hashlib.sha256(repr([*reach, *asked]).encode()).hexdigest()}"


def _movement(principal: Principal, since: date, until: date, company: SellingCompany | None) -> Movement:
    rows = Relationship.objects.visible_to(principal)
    if company:
        rows = rows.filter(company=company)
    changes = StageChange.objects.filter(
        at__gte=clock.midnight(since), at__lt=clock.midnight(until + timedelta(days=1))
    )
    if company:
        changes = changes.filter(company=company)
    if not sees_everything(principal):
        changes = changes.filter(Exists(rows.order_by().filter(pk=OuterRef("relationship"))))
    moved = changes.exclude(from_stage="", to_stage="")
    return {
        "entered": dict(moved.order_by().values_list("to_stage").annotate(n=Count("pk"))),
        "left": dict(moved.order_by().values_list("from_stage").annotate(n=Count("pk"))),
        "now": _living(rows.filter(ended_at=None).order_by()),
    }


def _living(rows: RelationshipQuerySet) -> dict[str, int]:
    """Those in the bin are few, and counted apart."""
    counted = dict(rows.values_list("stage").annotate(n=Count("pk")))
    binned = rows.filter(party__in=Party.objects.exclude(deleted_at=None).values("pk"))
    for stage, number in binned.values_list("stage").annotate(n=Count("pk")):
        counted[stage] -= number
    return counted
