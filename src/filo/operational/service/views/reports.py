"""Service level, age of what is open, and where complaints come from."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from filo.foundation import clock
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.queries.naming import names_of
from filo.operational.service.queries.reports import (
    BY,
    complaints_by_month,
    cost_of_complaints,
    pareto,
    repeated_complaints,
    service_report,
)

BY_LABELS = {"cause": _("Cause"), "product": _("Product"), "agent": _("Who follows the customer"), "group": _("Group")}


@require_GET
def level(request: StaffRequest) -> HttpResponse:
    """What was kept of what was promised."""
    request.principal.require("ticket", "view")
    since, until = _days(request)
    report = service_report(request.principal, since=since, until=until)
    return render(request, "service/report.html", {"report": report, "since": since, "until": until})


@require_GET
def complaints(request: StaffRequest) -> HttpResponse:
    """Which few causes most complaints come from."""
    principal = request.principal
    principal.require("ticket", "view")
    since, until = _days(request)
    by = request.GET.get("by", "cause")
    by = by if by in BY else "cause"
    repeated = repeated_complaints(principal, since=since)
    names = names_of(principal, [party for party, _number in repeated])
    context = {
        "bars": pareto(principal, since=since, until=until, by=by),
        "months": complaints_by_month(principal, until=until),
        "cost": cost_of_complaints(principal, since=since, until=until),
        "by": by,
        "by_label": BY_LABELS[by],
        "ways": BY_LABELS.items(),
        "repeated": [(party, names[party], number) for party, number in repeated if party in names],
        "since": since,
        "until": until,
    }
    return render(request, "service/complaints.html", context)


def _days(request: StaffRequest) -> tuple[date, date]:
    until = _day(request.GET.get("until"), clock.today())
    return _day(request.GET.get("since"), until - timedelta(days=90)), until


def _day(text: str | None, otherwise: date) -> date:
    try:
        found = parse_date(text or "") or otherwise
    except ValueError:
        return otherwise
    return min(max(found, date(1990, 1, 1)), date(2100, 1, 1))
