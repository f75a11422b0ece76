"""The day of the team at the API, and the rows behind its figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Day, Shape
from filo.operational.parties.queries.naming import names_of
from filo.operational.team.figures import measure_coded, rows_behind
from filo.operational.team.queries import Figure, person_seen, team_day, zone_of
from filo.operational.team.spans import Span, span_of

router = Router(tags=["team"])


class Asked(BaseModel):
    """Which day or week of whom."""

    model_config = ConfigDict(extra="forbid")

    day: Day | None = Field(None, description="Any day of it; today without.")
    span: Literal["day", "week"] = "day"
    unit: UUID | None = Field(None, description="Only this unit and those below it.")


class RowsAsked(BaseModel):
    """Which figure of which day or week."""

    model_config = ConfigDict(extra="forbid")

    measure: str = Field(max_length=40, description="Its code in `/team/today`.")
    day: Day | None = Field(None, description="Any day of it; today without.")
    span: Literal["day", "week"] = "day"


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
    span = _span(principal, asked.span, asked.day)
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


class RowParty(Shape):
    """A customer one sees."""

    id: UUID
    display_name: str


class RowBehind(Shape):
    """One of the rows of a figure; `page` is the address of what it is about, `party` null for a customer one does
    not see.
    """

    at: datetime
    words: str
    page: str
    party: RowParty | None


class RowsShape(Shape):
    """The rows behind a figure, the latest first; at most 300."""

    first: date
    last: date
    person: TeamPerson
    measure: str
    label: str
    items: list[RowBehind]


@router.get("/team/people/{uuid:person_id}/rows", response=RowsShape, summary="Read the rows behind a figure")
def read_rows_behind(request: ApiRequest, person_id: UUID, asked: Query[RowsAsked]) -> HttpResponse:
    """As many as the figure says, of what one may see."""
    principal = require(request, "team", "view")
    person, measure = person_seen(principal, person_id), measure_coded(asked.measure)
    if person is None or measure is None or not principal.may(measure.right, "view"):
        raise NotFound
    span = _span(principal, asked.span, asked.day)
    found = rows_behind(principal, measure, person.pk, span)
    names = names_of(principal, {row.party for row in found if row.party})
    items = [
        {
            "at": row.at,
            "words": row.words,
            "page": row.url,
            "party": {"id": row.party, "display_name": names[row.party]} if row.party in names else None,
        }
        for row in found
    ]
    about = {"id": person.pk, "name": person.name, "email": person.email}
    days = {"first": span.first, "last": span.last}
    return answer({**days, "person": about, "measure": measure.code, "label": str(measure.label), "items": items})


def _span(principal: Principal, kind: str, day: date | None) -> Span:
    zone = zone_of(principal)
    return span_of(kind, day or clock.today(zone), zone)


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure.code,
        "label": str(figure.measure.label),
        "number": figure.number,
        "planned": figure.planned or None,
        "before": figure.before,
        "week_ago": figure.week_ago,
    }
