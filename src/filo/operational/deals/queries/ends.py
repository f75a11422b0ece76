"""How deals ended: why they were lost, and how long they stood in each stage."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models import Sum as SqlSum

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.deals.models import Deal, DealStageChange, LossReason, Pipeline
from filo.operational.deals.queries.finding import stages_of
from filo.operational.deals.queries.reports import Narrowed
from filo.operational.deals.queries.sums import Sum, rates_of


@dataclass(frozen=True)
class Reason:
    """Why deals were lost: how many, what they were worth."""

    name: str
    key: str
    sum: Sum
    share: int


@dataclass(frozen=True)
class StageTime:
    """How long deals were in a stage on the average, and how many of those that left it went on."""

    name: str
    key: str
    span: timedelta
    left: int
    forward: int

    @property
    def percent(self) -> int:
        """Of a hundred that left it, how many were not lost there."""
        return round(100 * self.forward / self.left) if self.left else 0


@dataclass(frozen=True)
class Ends:
    """What became of deals that were decided within some days."""

    won: Sum
    lost: Sum
    days_to_win: int
    reasons: list[Reason]
    stages: list[StageTime]

    @property
    def percent(self) -> int | None:
        """Of a hundred that were decided, how many were won."""
        decided = self.won.number + self.lost.number
        return round(100 * self.won.number / decided) if decided else None


def ends_of(principal: Principal, narrowed: Narrowed, *, since: date, until: date) -> Ends:
    """Won and lost, why, and how long each stage takes."""
    seen = narrowed.rows(Deal.objects.visible_to(principal))
    decided = seen.exclude(state="open").filter(closed_on__gte=since, closed_on__lte=until)
    rows = list(
        decided.order_by()
        .values_list("state", "loss_reason", "currency")
        .annotate(n=Count("pk"), whole=SqlSum("amount"), span=Avg(F("closed_at") - F("created_at")))
    )
    rates = rates_of(row[2] for row in rows)
    won, lost, by_reason = Sum(), Sum(), defaultdict[Any, Sum](Sum)
    took = timedelta(0)
    for state, reason, currency, number, whole, span in rows:
        took += (span or timedelta(0)) * number if state == "won" else timedelta(0)
        sums = [won] if state == "won" else [lost, by_reason[reason]]
        for one in sums:
            one.add(number, whole or Decimal(0), Decimal(0), rates[currency], currency)
    return Ends(
        won,
        lost,
        (took / won.number).days if won.number else 0,
        _reasons(by_reason, lost),
        _times(seen, narrowed, since, until),
    )


def _reasons(found: dict[Any, Sum], lost: Sum) -> list[Reason]:
    names = {row.pk: row.name for row in LossReason.objects.filter(pk__in=found)}
    rows = [
        Reason(names.get(key, ""), str(key), one, round(100 * one.number / lost.number) if lost.number else 0)
        for key, one in found.items()
    ]
    return sorted(rows, key=lambda row: -row.sum.number)


def _times(seen: QuerySet[Deal], narrowed: Narrowed, since: date, until: date) -> list[StageTime]:
    begin, end = clock.midnight(since), clock.midnight(until + timedelta(days=1))
    steps = DealStageChange.objects.filter(at__gte=begin, at__lt=end, from_stage__isnull=False)
    steps = steps.filter(Exists(seen.order_by().filter(pk=OuterRef("deal"))))
    rows: Any = (
        steps.order_by()
        .values_list("from_stage")
        .annotate(span=Avg("seconds"), left=Count("pk"), forward=Count("pk", filter=~Q(to_stage__kind="lost")))
    )
    by_stage = {row[0]: row[1:] for row in rows}
    parts = []
    for pipeline in [narrowed.pipeline] if narrowed.pipeline else list(Pipeline.objects.filter(archived=False)):
        for stage in stages_of(pipeline):
            if stage.is_open and stage.pk in by_stage:
                span, left, forward = by_stage[stage.pk]
                name = stage.name if narrowed.pipeline else f"{pipeline.name}: {stage.name}"
                parts.append(StageTime(name, str(stage.pk), timedelta(seconds=float(span or 0)), left, forward))
    return parts
