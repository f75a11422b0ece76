"""What will be sold and what was: by month against last year, by person and unit.

The forecast is read from sums that the verbs keep (`DealSum`), so that a million deals are told in a moment; of the
open deals themselves it reads those alone whose day went by this month, for the sums know months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, Q, QuerySet
from django.db.models import Sum as SqlSum
from django.db.models.functions import Cast, Round

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.organisation.models import Unit
from filo.operational.deals.models import Deal, DealSum, Pipeline
from filo.operational.deals.queries.finding import stages_of
from filo.operational.deals.queries.forecast import Forecast, Month, Part, month_after, months_around
from filo.operational.deals.queries.sums import Sum, rates_of

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
            if not row.month:
                row.add(undated)
            elif row.month < today.replace(day=1):
                row.add(late)
        month = months.get(row.month) if row.month else None
        if month is not None:
            row.add(getattr(month, row.state))
        if row.state == "open" or (row.state == "won" and row.month and row.month.year == today.year):
            row.add(getattr(owners[row.owner], row.state))
            row.add(getattr(units[row.unit], row.state))
    _add_late_of_this_month(late, principal, narrowed, today)
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


def _add_late_of_this_month(late: Sum, principal: Principal, narrowed: Narrowed, today: date) -> None:
    open_ones = Deal.objects.visible_to(principal).filter(state="open")
    found = narrowed.rows(open_ones).filter(close_date__gte=today.replace(day=1), close_date__lt=today)
    cents = Cast(Round(F("amount") * 100), BigIntegerField())
    sums = (Count("pk"), SqlSum(cents), SqlSum(cents * F("chance")))
    rows = list(found.order_by().values_list("currency").annotate(number=sums[0], cents=sums[1], weighted=sums[2]))
    rates = rates_of(row[0] for row in rows)
    for currency, number, hundredths, weighted in rows:
        late.add(number, Decimal(hundredths) / 100, Decimal(weighted) / PERCENT, rates[currency], currency)


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
