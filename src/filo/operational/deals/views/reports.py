"""The forecast, and the report on what was won and lost."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from filo.foundation import clock
from filo.foundation.accounts.queries import active_people
from filo.foundation.organisation.models import Unit
from filo.foundation.web.requests import StaffRequest
from filo.operational.deals.models import Pipeline
from filo.operational.deals.plot import HIGH, WIDE, bars_of
from filo.operational.deals.queries.ends import ends_of
from filo.operational.deals.queries.reports import Narrowed, forecast_of


@require_GET
def forecast(request: StaffRequest) -> HttpResponse:
    """What will be sold, by month, by person and unit."""
    request.principal.require("deal", "view")
    narrowed = _narrowed(request)
    found = forecast_of(request.principal, narrowed)
    this_month = clock.today().replace(day=1)
    context = {
        "forecast": found,
        "bars": bars_of(found),
        "wide": WIDE,
        "high": HIGH,
        "today": clock.today(),
        "this_month": next(month for month in found.months if month.first == this_month),
        **_choices(narrowed),
    }
    return render(request, "deals/forecast.html", context)


@require_GET
def won_and_lost(request: StaffRequest) -> HttpResponse:
    """What became of deals, why, and how long each stage takes."""
    request.principal.require("deal", "view")
    narrowed = _narrowed(request)
    until = _day(request.GET.get("until"), clock.today())
    since = _day(request.GET.get("since"), until - timedelta(days=365))
    ends = ends_of(request.principal, narrowed, since=since, until=until)
    context = {"ends": ends, "since": since, "until": until, **_choices(narrowed)}
    return render(request, "deals/report.html", context)


def _narrowed(request: StaffRequest) -> Narrowed:
    asked = request.GET.get("owner", "")
    owner = request.principal.user_id if asked == "me" else _key(asked)
    return Narrowed(
        pipeline=Pipeline.objects.filter(code=request.GET.get("pipeline", "")).first(),
        owner=owner,
        unit=Unit.objects.filter(code=request.GET.get("unit", "")).first(),
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _choices(narrowed: Narrowed) -> dict[str, object]:
    query = ""
    if narrowed.pipeline:
        query += f"&pipeline={narrowed.pipeline.code}"
    if narrowed.owner:
        query += f"&owner={narrowed.owner}"
    below = Unit.objects.filter(path__startswith=narrowed.unit.path) if narrowed.unit else Unit.objects.none()
    return {
        "narrowed": narrowed,
        "pipelines": Pipeline.objects.all(),
        "people": active_people(),
        "units": Unit.objects.all(),
        "kept": query,
        "kept_units": "".join(f"&unit={code}" for code in below.values_list("code", flat=True)),
    }


def _day(text: str | None, otherwise: date) -> date:
    try:
        found = parse_date(text or "") or otherwise
    except ValueError:
        return otherwise
    return min(max(found, date(1990, 1, 1)), date(2100, 1, 1))
