"""What the forecast and the report of deals look like at the REST API."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from filo.foundation.rest.schemas import Day, Shape
from filo.operational.deals.api.shapes import MoneyShape
from filo.operational.deals.queries.sums import HOUSE, Sum


class ReportParams(BaseModel):
    """What a report is about; without anything it is all that one sees."""

    model_config = ConfigDict(extra="forbid")

    pipeline: str = Field("", max_length=60, description="The code of a pipeline.")
    owner: str = Field("", max_length=200, description="A colleague, by e-mail or id; `me` for oneself.")
    unit: str = Field("", max_length=60, description="The code of a unit, with those below it.")


class EndsParams(ReportParams):
    """What was decided in which days."""

    since: Day | None = Field(None, description="From this day on; a year before the last without.")
    until: Day | None = Field(None, description="Until this day; today without.")


class SumShape(Shape):
    """How many deals, and what they are worth in the firm's currency. `unknown` are currencies without a rate: what is
    in them is counted, and not added.
    """

    number: int
    value: MoneyShape
    unknown: list[str]


class WeightedShape(SumShape):
    """The same with what they are worth by their chances."""

    weighted: MoneyShape


class MonthShape(Shape):
    """A month: what is open and to close in it, what was won and lost, what was won a year before; `expected` is what
    was won and what is open by its chance.
    """

    first: date
    open: WeightedShape
    won: SumShape
    lost: SumShape
    year_before: SumShape
    expected: MoneyShape


class OwnerPart(Shape):
    """What is open and was won this year by a person; nobody's has no id."""

    id: UUID | None
    name: str
    open: WeightedShape
    won: SumShape


class UnitPart(Shape):
    """The same by a unit; no unit's has no code."""

    code: str
    name: str
    open: WeightedShape
    won: SumShape


class StagePart(Shape):
    """What is open in a stage."""

    id: UUID
    name: str
    open: WeightedShape


class ForecastShape(Shape):
    """The months around this one, who sells, and what has no day or one that has gone by."""

    months: list[MonthShape]
    late: WeightedShape
    undated: WeightedShape
    owners: list[OwnerPart]
    units: list[UnitPart]
    stages: list[StagePart]


class ReasonPart(Shape):
    """Why deals were lost: `share` in percent of those that were."""

    id: UUID
    name: str
    lost: SumShape
    share: int


class StageTimePart(Shape):
    """How long deals were in a stage on the average, how many left it, and how many of those went on."""

    id: UUID
    name: str
    seconds: int
    left: int
    forward: int
    percent: int


class EndsShape(Shape):
    """What became of deals that were decided in these days; `percent` of them were won."""

    since: date
    until: date
    won: SumShape
    lost: SumShape
    percent: int | None
    average_won: MoneyShape
    days_to_win: int
    reasons: list[ReasonPart]
    stages: list[StageTimePart]


def money(amount: Any) -> dict[str, str]:
    """A sum in the firm's currency."""
    return {"amount": f"{amount:.2f}", "currency": HOUSE}


def sum_shown(found: Sum) -> dict[str, Any]:
    """A sum, as it is answered."""
    return {"number": found.number, "value": money(found.amount), "unknown": sorted(found.unknown)}


def weighted_shown(found: Sum) -> dict[str, Any]:
    """The same by its chances, too."""
    return sum_shown(found) | {"weighted": money(found.weighted)}
