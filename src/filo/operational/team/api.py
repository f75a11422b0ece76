"""The day of the team at the API."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from filo.foundation import clock
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Day, Shape
from filo.operational.team.queries import Figure, team_day, zone_of
from filo.operational.team.spans import span_of

router = Router(tags=["team"])


class Asked(BaseModel):
    """Which day or week of whom."""

    model_config = ConfigDict(extra="forbid")

    day: Day | None = Field(None, description="Any day of it; today without.")
    span: Literal["day", "week"] = "day"
    unit: UUID | None = Field(None, description="Only this unit and those below it.")


class FigureShape(Shape):
    """A number; what was planned, if anything; what it was on the last working day (week) before, and a week ago."""

    measure: str
    label: str
    number: int
    planned: int | None
    before: int
    week_ago: int


class TeamPerson(Shape):
    """Somebody who works here."""

    id: UUID
    name: str
    email: str


class PersonsDay(Shape):
    """What somebody did; `calls_to_write_up` are those of now."""

    person: TeamPerson
    unit: str | None
    figures: list[FigureShape]
    calls_to_write_up: int


class TeamDayShape(Shape):
    """A day or week of the people one leads, and the sum of it. While it is not over, what it is compared with ends
    at the same hour.
    """

    first: date
    last: date
    so_far: bool
    people: list[PersonsDay]
    total: list[FigureShape]


@router.get("/team/today", response=TeamDayShape, summary="Read the day of the team")
def read_team_day(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    """What each person did, against plan."""
    principal = require(request, "team", "view")
    zone = zone_of(principal)
    span = span_of(asked.span, asked.day or clock.today(zone), zone)
    found = team_day(principal, span, unit=asked.unit)
    return {
        "first": span.first,
        "last": span.last,
        "so_far": found.so_far,
        "people": [
            {
                "person": {"id": line.person.pk, "name": line.person.name, "email": line.person.email},
                "unit": line.person.unit.code if line.person.unit else None,
                "figures": [_figure(figure) for figure in line.figures],
                "calls_to_write_up": line.waiting.number if line.waiting else 0,
            }
            for line in found.lines
        ],
        "total": [_figure(figure) for figure in found.total],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure.code,
        "label": str(figure.measure.label),
        "number": figure.number,
        "planned": figure.planned or None,
        "before": figure.before,
        "week_ago": figure.week_ago,
    }
