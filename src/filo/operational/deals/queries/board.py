"""A pipeline as a board: its stages, what is in each, and what that is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.deals.models import Deal, Pipeline, PipelineStage
from filo.operational.deals.queries.finding import stages_of
from filo.operational.deals.queries.listing import Row, rows_of
from filo.operational.deals.queries.sums import Sum as Added
from filo.operational.deals.queries.sums import rates_of

CARDS, LATELY = 25, timedelta(days=30)
# What comes first on a board: what is to close soonest.
ORDER = (F("close_date").asc(nulls_last=True), F("id").asc())


@dataclass(frozen=True)
class Column:
    """A stage with its first cards; `sum` is of all deals in it (of the last thirty days for won and lost)."""

    stage: PipelineStage
    sum: Added
    rows: list[Row] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.sum.number - len(self.rows) if self.stage.is_open else 0


def board_of(principal: Principal, pipeline: Pipeline, found: QuerySet[Deal], *, cards: int = CARDS) -> list[Column]:
    """All columns of a pipeline for the deals that were found."""
    stages = stages_of(pipeline)
    mine = found.filter(pipeline=pipeline)
    sums = _sums(mine, stages)
    open_ones = [stage.pk for stage in stages if stage.is_open]
    rows = rows_of(principal, first_cards(mine, open_ones, cards))
    by_stage: dict[UUID, list[Row]] = {}
    for row in rows:
        by_stage.setdefault(row.deal.stage_id, []).append(row)
    return [Column(stage, sums[stage.pk], by_stage.get(stage.pk, [])) for stage in stages]


def some_columns(
    principal: Principal, found: QuerySet[Deal], stages: Sequence[PipelineStage], *, cards: int = CARDS
) -> list[Column]:
    """The columns of some stages, after something moved between them."""
    mine = found.filter(stage__in=stages)
    sums = _sums(mine, stages)
    rows = rows_of(principal, first_cards(mine, [stage.pk for stage in stages if stage.is_open], cards))
    empty = [Column(stage, sums[stage.pk]) for stage in stages]
    return [replace(one, rows=[row for row in rows if row.deal.stage_id == one.stage.pk]) for one in empty]


def first_cards(found: QuerySet[Deal], stages: Sequence[UUID], cards: int) -> list[Deal]:
    """The first deals of each stage: their keys first, because whole rows are slow to put in order."""
    place = Window(RowNumber(), partition_by=[F("stage")], order_by=ORDER)
    numbered = found.filter(state="open", stage__in=stages).annotate(place=place).filter(place__lte=cards)
    keys = list(numbered.order_by("place").values_list("pk", flat=True))
    rows = found.select_related("owner", "stage").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def _sums(found: QuerySet[Deal], stages: Sequence[PipelineStage]) -> dict[UUID, Added]:
    totals = {stage.pk: Added() for stage in stages}
    parts = []
    for some in (found.filter(state="open"), found.exclude(state="open").filter(closed_at__gte=clock.now() - LATELY)):
        counted = some.order_by().values_list("stage", "currency", "chance")
        parts += list(counted.annotate(number=Count("pk"), whole=Sum("amount")))
    rates = rates_of(part[1] for part in parts)
    for stage, currency, chance, number, whole in parts:
        if stage in totals:
            amount = whole or Decimal(0)
            totals[stage].add(number, amount, amount * chance / 100, rates[currency], currency)
    return totals
