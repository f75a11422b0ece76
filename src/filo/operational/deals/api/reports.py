"""The forecast, and what was won and lost, at the API."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import Unit
from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.operational.deals.api import named
from filo.operational.deals.api.report_shapes import (
    EndsParams,
    EndsShape,
    ForecastShape,
    ReportParams,
    money,
    sum_shown,
    weighted_shown,
)
from filo.operational.deals.models import Pipeline
from filo.operational.deals.queries.ends import Ends, ends_of
from filo.operational.deals.queries.forecast import Forecast, Month, Part
from filo.operational.deals.queries.reports import Narrowed, forecast_of

router = Router(tags=["deals"])
FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)


@router.get("/deals/forecast", response=ForecastShape, summary="Read the forecast")
def read_forecast(request: ApiRequest, asked: Query[ReportParams]) -> HttpResponse:
    """What will be sold, by month, person, unit and stage, of the deals one sees."""
    principal = require(request, "deal", "view")
    return answer(_forecast(forecast_of(principal, _narrowed(principal, asked))))


@router.get("/deals/report", response=EndsShape, summary="Read what was won and lost")
def read_ends(request: ApiRequest, asked: Query[EndsParams]) -> HttpResponse:
    """What became of the deals one sees, why, and how long each stage takes."""
    principal = require(request, "deal", "view")
    since, until = _days(asked)
    found = ends_of(principal, _narrowed(principal, asked), since=since, until=until)
    return answer({"since": since, "until": until, **_ends(found)})


def _days(asked: EndsParams) -> tuple[date, date]:
    """From which day until which. Raises `InvalidFields`."""
    days = {"since": asked.since, "until": asked.until}
    wrong = {name: _("Choose a day.") for name, day in days.items() if day is not None and not FIRST <= day <= LAST}
    if wrong:
        raise InvalidFields(wrong)
    until = asked.until or clock.today()
    since = asked.since or until - timedelta(days=365)
    if until < since:
        raise InvalidFields({"until": _("It ends before it begins.")})
    return since, until


def _narrowed(principal: Principal, asked: ReportParams) -> Narrowed:
    """What it is about. Raises `InvalidFields` for what is not there."""
    pipeline = Pipeline.objects.filter(code=asked.pipeline).first() if asked.pipeline else None
    unit = Unit.objects.filter(code=asked.unit).first() if asked.unit else None
    wrong = {
        name: row for name, row in (("pipeline", pipeline), ("unit", unit)) if getattr(asked, name) and row is None
    }
    if wrong:
        raise InvalidFields(dict.fromkeys(wrong, _("There is nothing of this code.")))
    return Narrowed(pipeline=pipeline, owner=_owner(principal, asked.owner), unit=unit)


def _owner(principal: Principal, name: str) -> UUID | None:
    return principal.user_id if name == "me" else named.person(name)


def _forecast(found: Forecast) -> dict[str, Any]:
    return {
        "months": [_month(one) for one in found.months],
        "late": weighted_shown(found.late),
        "undated": weighted_shown(found.undated),
        "owners": [{"id": UUID(one.key) if one.key != "none" else None, **_part(one)} for one in found.owners],
        "units": [{"code": one.key if one.key != "none" else "", **_part(one)} for one in found.units],
        "stages": [{"id": one.key, "name": one.name, "open": weighted_shown(one.open)} for one in found.stages],
    }


def _month(one: Month) -> dict[str, Any]:
    return {
        "first": one.first,
        "open": weighted_shown(one.open),
        "won": sum_shown(one.won),
        "lost": sum_shown(one.lost),
        "year_before": sum_shown(one.year_before),
        "expected": money(one.expected),
    }


def _part(one: Part) -> dict[str, Any]:
    return {"name": one.name, "open": weighted_shown(one.open), "won": sum_shown(one.won)}


def _ends(found: Ends) -> dict[str, Any]:
    reasons = [
        {"id": one.key, "name": one.name, "lost": sum_shown(one.sum), "share": one.share} for one in found.reasons
    ]
    stages = [
        {
            "id": one.key,
            "name": one.name,
            "seconds": int(one.span.total_seconds()),
            "left": one.left,
            "forward": one.forward,
            "percent": one.percent,
        }
        for one in found.stages
    ]
    return {
        "won": sum_shown(found.won),
        "lost": sum_shown(found.lost),
        "percent": found.percent,
        "average_won": money(found.won.average),
        "days_to_win": found.days_to_win,
        "reasons": reasons,
        "stages": stages,
    }
