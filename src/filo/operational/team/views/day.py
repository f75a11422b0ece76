"""The day of the team, the rows behind a figure, and the same as a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from filo.foundation import clock
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.queries.naming import names_of
from filo.operational.team.figures import MOST_ROWS, measure_coded, rows_behind
from filo.operational.team.queries import TeamDay, person_seen, team_day, zone_of
from filo.operational.team.spans import Span, span_of, step_of
from filo.operational.team.writing import as_csv


@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """Everybody's day or week, against plan and against the one before."""
    request.principal.require("team", "view")
    span = asked_span(request)
    found = team_day(request.principal, span, unit=_unit(request))
    return render(request, "team/today.html", {"found": found, **_around(span), **_compared_words(found)})


@require_GET
def as_file(request: StaffRequest) -> HttpResponse:
    """The same numbers as a file for a spreadsheet."""
    request.principal.require("team", "view")
    span = asked_span(request)
    text = as_csv(team_day(request.principal, span, unit=_unit(request)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="team-{span.first.isoformat()}.csv"'
    return response


@require_GET
def rows(request: StaffRequest, person_id: UUID, code: str) -> HttpResponse:
    """The rows behind one figure."""
    request.principal.require("team", "view")
    person, measure = person_seen(request.principal, person_id), measure_coded(code)
    if person is None or measure is None or not request.principal.may(measure.right, "view"):
        raise NotFound
    span = asked_span(request)
    found = rows_behind(request.principal, measure, person.pk, span)
    names = names_of(request.principal, {row.party for row in found if row.party})
    shown = [(row, names.get(row.party, "") if row.party else "") for row in found]
    context = {"rows": shown, "person": person, "measure": measure, "most": MOST_ROWS, **_around(span)}
    return render(request, "team/rows.html", context)


def asked_span(request: StaffRequest) -> Span:
    """The day or week that an address asks for; today for anything that is none."""
    zone = zone_of(request.principal)
    try:
        day = parse_date(request.GET.get("day", "")) or clock.today(zone)
    except ValueError:
        day = clock.today(zone)
    return span_of(request.GET.get("span", "day"), day, zone)


def _unit(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("unit", ""))
    except ValueError:
        return None


def _around(span: Span) -> dict[str, Any]:
    today, step = clock.today(span.zone), step_of(span)
    after: date | None = span.first + step
    return {
        "span": span,
        "today": today,
        "before": span.first - step,
        "after": after if after and after <= today else None,
        "is_now": span.holds(today),
    }


def _compared_words(found: TeamDay) -> dict[str, str]:
    """What the two other numbers are called."""
    if found.span.kind == "week":
        return {"before_words": _("the week before"), "ago_words": _("four weeks ago")}
    ago = found.span.first - timedelta(days=7)
    return {"before_words": _("the working day before"), "ago_words": _WEEKDAYS[ago.weekday()]()}


# whole sentences, since a weekday has a gender in Italian
_WEEKDAYS = (
    lambda: _("last week’s Monday"),
    lambda: _("last week’s Tuesday"),
    lambda: _("last week’s Wednesday"),
    lambda: _("last week’s Thursday"),
    lambda: _("last week’s Friday"),
    lambda: _("last week’s Saturday"),
    lambda: _("last week’s Sunday"),
)
