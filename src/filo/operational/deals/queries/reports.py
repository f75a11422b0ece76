"""What will be sold and what was: by month against last year, by person and unit; why deals are lost, and how long
they take.

The forecast is read from sums that the verbs keep (`DealSum`), so that a million deals are told in a moment.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Avg, Count, F, Q, QuerySet
from django.db.models import Sum as SqlSum

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.organisation.models import Unit
from filo.operational.deals.models import Deal, DealStageChange, DealSum, LossReason, Pipeline
from filo.operational.deals.queries.finding import stages_of
from filo.operational.deals.queries.sums import Sum, rates_of

BACK, AHEAD = 2, 6  # months before this one, and after it
PERCENT = Decimal(10_000)


@dataclass(frozen=True)
class Narrowed:
    """What a report is about; empty means all that one sees."""

    pipeline: Pipeline | None = None
    owner: UUID | None = None
    unit: Unit | None = None

    def rows(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of deals or of sums that it is about."""
        conditions = Q(pipeline=self.pipeline) if self.pipeline else Q()
        if self.owner:
            conditions &= Q(owner=self.owner)
        if self.unit:
            conditions &= Q(unit__in=Unit.objects.filter(path__startswith=self.unit.path).values("pk"))
        return found.filter(conditions)


@dataclass
class Month:
    """A month: what is open and to close in it, what was won and lost, what was won a year before."""

    first: date
    open: Sum = field(default_factory=Sum)
    won: Sum = field(default_factory=Sum)
    lost: Sum = field(default_factory=Sum)
    year_before: Sum = field(default_factory=Sum)

    @property
    def open_query(self) -> str:
        """The rows that are to close in it, as a list is asked for them."""
        return self._query("close", "open")

    @property
    def won_query(self) -> str:
        """The rows that were won in it."""
        return self._query("closed", "won")

    @property
    def lost_query(self) -> str:
        """The rows that were lost in it."""
        return self._query("closed", "lost")

    def _query(self, field: str, state: str) -> str:
        since, until = self.first - timedelta(days=1), month_after(self.first, 1)
        days = [
            {"field": field, "op": "after", "value": str(since)},
            {"field": field, "op": "before", "value": str(until)},
        ]
        return urlencode({"state": state, "filter": json.dumps({"and": days}, separators=(",", ":"))})

    @property
    def expected(self) -> Decimal:
        """What was won, and what is open by its chance."""
        return self.won.amount + self.open.weighted


@dataclass
class Part:
    """The same of a person, a unit or a stage; `key` leads to its rows."""

    name: str
    key: str
    open: Sum = field(default_factory=Sum)
    won: Sum = field(default_factory=Sum)


@dataclass(frozen=True)
class Forecast:
    """The months around this one, those who sell, and what nobody gave a day to."""

    months: list[Month]
    late: Sum
    undated: Sum
    owners: list[Part]
    units: list[Part]
    stages: list[Part]

    @property
    def greatest(self) -> Decimal:
        """The highest sum that is drawn."""
        sums = [max(one.won.amount + one.open.amount, one.year_before.amount) for one in self.months]
        return max(sums, default=Decimal(0))


def months_around(today: date) -> list[date]:
    """The first days of the months that a forecast shows."""
    return [month_after(today, step) for step in range(-BACK, AHEAD + 1)]


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def forecast_of(principal: Principal, narrowed: Narrowed) -> Forecast:
    """What will be sold, as far as this principal sees."""
    today = clock.today()
    firsts = months_around(today)
    months = {first: Month(first) for first in firsts}
    before = {month_after(first, -12): months[first] for first in firsts}
    late, undated = Sum(), Sum()
    owners: dict[Any, Part] = defaultdict(lambda: Part("", ""))
    units: dict[Any, Part] = defaultdict(lambda: Part("", ""))
    stages: dict[Any, Part] = defaultdict(lambda: Part("", ""))
    for row in _cells(principal, narrowed, since=min(before), until=max(firsts)):
        if row.month in before and row.state == "won":
            row.add(before[row.month].year_before)
        if row.state == "open":
            row.add(stages[row.stage].open)
            row.add(late if row.month and row.month < today.replace(day=1) else undated if not row.month else Sum())
        month = months.get(row.month) if row.month else None
        if month is not None:
            row.add(getattr(month, row.state))
        if row.state == "open" or (row.state == "won" and row.month and row.month.year == today.year):
            row.add(getattr(owners[row.owner], row.state))
            row.add(getattr(units[row.unit], row.state))
    return Forecast(
        months=list(months.values()),
        late=late,
        undated=undated,
        owners=_named(owners, User.objects.filter(pk__in=[key for key in owners if key])),
        units=_named(units, Unit.objects.filter(pk__in=[key for key in units if key]), code=True),
        stages=_stages(stages, narrowed),
    )


@dataclass(frozen=True)
class _Cell:
    state: str
    month: date | None
    stage: UUID
    owner: UUID | None
    unit: UUID | None
    currency: str
    number: int
    cents: int
    weighted: int
    rate: Decimal | None

    def add(self, into: Sum) -> None:
        into.add(self.number, Decimal(self.cents) / 100, Decimal(self.weighted) / PERCENT, self.rate, self.currency)


def _cells(principal: Principal, narrowed: Narrowed, *, since: date, until: date) -> list[_Cell]:
    seen = narrowed.rows(DealSum.objects.visible_to(principal))
    wanted = seen.filter(Q(state="open") | Q(state__in=("won", "lost"), month__gte=since, month__lte=until))
    names = ("state", "month", "stage", "owner", "unit", "currency")
    sums = {name: SqlSum(name) for name in ("number", "cents", "weighted")}
    rows = list(wanted.order_by().values_list(*names).annotate(**{f"all_{n}": s for n, s in sums.items()}))
    rates = rates_of(row[5] for row in rows)
    found: list[Any] = [(*row, rates[row[5]]) for row in rows if row[6] or row[7]]
    return [_Cell(*row) for row in found]


def _named(found: dict[Any, Part], rows: Iterable[Any], *, code: bool = False) -> list[Part]:
    known = {row.pk: row for row in rows}
    for key, part in found.items():
        row = known.get(key)
        part.name, part.key = (row.name, row.code if code else str(row.pk)) if row else ("", "none")
    return sorted(found.values(), key=lambda part: -(part.won.amount + part.open.weighted))


def _stages(found: dict[Any, Part], narrowed: Narrowed) -> list[Part]:
    rows = [narrowed.pipeline] if narrowed.pipeline else list(Pipeline.objects.filter(archived=False))
    parts = []
    for pipeline in rows:
        for stage in stages_of(pipeline):
            if stage.is_open:
                part = found.get(stage.pk) or Part("", "")
                part.name = stage.name if narrowed.pipeline else f"{pipeline.name}: {stage.name}"
                part.key = str(stage.pk)
                parts.append(part)
    return parts


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
        .annotate(n=Count("pk"), whole=SqlSum("amount"))
    )
    rates = rates_of(row[2] for row in rows)
    won, lost, by_reason = Sum(), Sum(), defaultdict[Any, Sum](Sum)
    for state, reason, currency, number, whole in rows:
        sums = [won] if state == "won" else [lost, by_reason[reason]]
        for one in sums:
            one.add(number, whole or Decimal(0), Decimal(0), rates[currency], currency)
    took = decided.filter(state="won").aggregate(span=Avg(F("closed_at") - F("created_at")))["span"]
    return Ends(won, lost, took.days if took else 0, _reasons(by_reason, lost), _times(seen, narrowed, since, until))


def _reasons(found: dict[Any, Sum], lost: Sum) -> list[Reason]:
    names = {row.pk: row.name for row in LossReason.objects.filter(pk__in=found)}
    rows = [
        Reason(names.get(key, ""), str(key), one, round(100 * one.number / lost.number) if lost.number else 0)
        for key, one in found.items()
    ]
    return sorted(rows, key=lambda row: -row.sum.number)


def _times(seen: QuerySet[Deal], narrowed: Narrowed, since: date, until: date) -> list[StageTime]:
    steps = DealStageChange.objects.filter(deal__in=seen.order_by().values("pk"), at__date__gte=since)
    steps = steps.filter(at__date__lte=until, from_stage__isnull=False)
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
