"""The hours of the house, in the settings."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import holidays
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation import clock
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.hours.forms import WEEK, CalendarForm, initial_of
from filo.foundation.hours.models import BusinessCalendar
from filo.foundation.hours.services import make_standard, save_calendar
from filo.foundation.hours.written import spans_written
from filo.foundation.web.requests import StaffRequest

MOST_HOLIDAYS = 8


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every calendar with its week and what is closed next."""
    request.principal.require("settings", "view")
    rows = [(calendar, _week(calendar), _next_closed(calendar)) for calendar in BusinessCalendar.objects.all()]
    return render(request, "hours/calendars.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more calendar."""
    request.principal.require("settings", "edit")
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, calendar_id: UUID) -> HttpResponse:
    """Other hours, other closed days."""
    request.principal.require("settings", "edit")
    return _form(request, _found(calendar_id))


@require_POST
def standard(request: StaffRequest, calendar_id: UUID) -> HttpResponse:
    """These are the hours of the house."""
    make_standard(request.principal, _found(calendar_id))
    messages.success(request, _("Saved."))
    return redirect("hours:calendars")


def _form(request: StaffRequest, found: BusinessCalendar | None) -> HttpResponse:
    form = CalendarForm(request.POST or None, initial=initial_of(found) if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            save_calendar(request.principal, found, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("hours:calendars")
        except InvalidFields as error:
            form.refuse(error)
    return render(request, "hours/calendar.html", {"form": form, "found": found}, status=422 if form.errors else 200)


def _found(calendar_id: UUID) -> BusinessCalendar:
    found = BusinessCalendar.objects.filter(pk=calendar_id).first()
    if found is None:
        raise NotFound
    return found


def _week(calendar: BusinessCalendar) -> list[tuple[str, str]]:
    return [(str(label), spans_written(calendar.week.get(str(number), []))) for number, label in enumerate(WEEK)]


def _next_closed(calendar: BusinessCalendar) -> list[tuple[date, str]]:
    """Holidays, in the reader's language, and closed days of the coming year."""
    today, found = clock.today(), dict[date, str]()
    language = {"it": "it_IT", "en": "en_US"}.get((get_language() or "it")[:2], "en_US")
    if calendar.country:
        years = [today.year, today.year + 1]
        try:
            known = holidays.country_holidays(
                calendar.country, subdiv=calendar.region or None, years=years, language=language
            )
            found |= dict(known)
        except NotImplementedError:
            pass
    found |= {row.day: row.name or _("closed") for row in calendar.closed_days.all()}
    coming = sorted(day for day in found if today <= day < today + timedelta(days=365))
    return [(day, found[day]) for day in coming[:MOST_HOLIDAYS]]
