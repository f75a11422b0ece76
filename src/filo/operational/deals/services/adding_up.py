"""Sums of deals are kept by whoever changes a deal, in the same transaction; see `DealSum`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import BigIntegerField, Count, DateField, F, Max, QuerySet, Sum
from django.db.models.functions import Cast, Coalesce, Round, TruncMonth

from filo.foundation.bulk import insert
from filo.operational.deals.models import Deal, DealSum

CELL = ("state", "month", "pipeline_id", "stage_id", "owner_id", "unit_id", "company_id", "currency")
MEASURES = ("number", "cents", "weighted")
Part = tuple[tuple[Any, ...], tuple[int, int, int]]


def part_of(deal: Deal) -> Part | None:
    """Where a deal counts, and what it adds there; None for one in the bin."""
    if deal.deleted_at is not None:
        return None
    hundredths = int(deal.amount * 100)
    cell = (deal.state, month_of(deal), *(getattr(deal, name) for name in CELL[2:]))
    return cell, (1, hundredths, hundredths * deal.chance)


def month_of(deal: Deal) -> date | None:
    """The first day of the month that a deal counts in: when it was decided, or is to close."""
    day = deal.closed_on or deal.close_date
    return day.replace(day=1) if day else None


def add_up(changes: Iterable[tuple[Part | None, Part | None]]) -> None:
    """Take away what deals were and add what they are, (before, after) each; called in the transaction of a verb."""
    found: dict[tuple[Any, ...], list[int]] = {}
    for before, after in changes:
        for part, sign in ((before, -1), (after, 1)):
            if part is not None:
                sums = found.setdefault(part[0], [0, 0, 0])
                for place, value in enumerate(part[1]):
                    sums[place] += sign * value
    insert(DealSum, [_row(cell, sums) for cell, sums in found.items() if any(sums)])


def _row(cell: Iterable[Any], sums: Iterable[int]) -> DealSum:
    return DealSum(**dict(zip(CELL, cell, strict=True)), **dict(zip(MEASURES, sums, strict=True)))


def fold_sums() -> int:
    """One row where there were several of a cell; gives how many rows are left. What is added meanwhile stays."""
    with transaction.atomic():
        last = DealSum.objects.aggregate(last=Max("id"))["last"] or 0
        old = DealSum.objects.filter(pk__lte=last)
        list(old.select_for_update().order_by("pk").values_list("pk", flat=True))
        totals = old.order_by().values_list(*CELL).annotate(*(Sum(name) for name in MEASURES))
        rows = [_row(total[: len(CELL)], total[len(CELL) :]) for total in totals]
        kept = [row for row in rows if row.number or row.cents or row.weighted]
        old.delete()
        insert(DealSum, kept)
    return len(kept)


def sum_anew() -> int:
    """Make all sums anew from the deals themselves; gives how many rows that are. No deal is written meanwhile."""
    with transaction.atomic():
        DealSum.objects.all().delete()
        rows = [
            _row(total[: len(CELL)], total[len(CELL) :]) for total in slow_sums(Deal.objects.filter(deleted_at=None))
        ]
        insert(DealSum, rows)
    return len(rows)


def slow_sums(deals: QuerySet[Deal]) -> QuerySet[Deal, tuple[Any, ...]]:
    """The same sums out of the deals, cell by cell: number, hundredths, and these times percent."""
    hundredths = Cast(Round(F("amount") * 100), BigIntegerField())
    month = TruncMonth(Coalesce("closed_on", "close_date"), output_field=DateField())
    counted = deals.order_by().annotate(month=month, hundredths=hundredths)
    sums = {"number": Count("pk"), "cents": Sum("hundredths"), "parts": Sum(F("hundredths") * F("chance"))}
    return counted.values_list(*CELL).annotate(**sums).values_list(*CELL, *sums)
