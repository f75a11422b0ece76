"""One appointment: a new one, another time, one of a series, none after all."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_time
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.foundation import clock
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.web.requests import StaffRequest, asked_id, posted_version, wants_fragment
from filo.operational.activities.appointments import (
    cancel_appointment,
    change_appointment,
    make_appointment,
    move_appointment,
    restore_appointment,
)
from filo.operational.activities.forms import AppointmentForm, initial_of
from filo.operational.activities.models import Appointment
from filo.operational.activities.policies import APPOINTMENT_EDITED
from filo.operational.parties.queries.find import seen_party


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new one, at the hour that was pressed; about a customer or not."""
    request.principal.require("task", "create")
    zone = ZoneInfo(request.principal.time_zone)
    wanted = request.POST.get("party") or request.GET.get("party")
    party = seen_party(request.principal, asked_id(wanted)) if wanted else None
    form = AppointmentForm(request.POST or None, initial=_begun(request, zone))
    if request.method == "POST" and form.is_valid():
        try:
            found = make_appointment(request.principal, form.facts(zone), party=party)
            undo = reverse("activities:appointment-cancel", args=[found.pk])
            messages.success(request, _("It is in the calendar."), extra_tags=undo)
            return _gone_to(request, form.cleaned_data["day"])
        except InvalidFields as error:
            form.refuse(error)
    return _form(request, {"form": form, "party": party})


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """Change it; of a series all of it, or only the day that the address names."""
    found = _seen(request, appointment_id)
    zone, day = found.tz, _day(request.POST.get("occurrence") or request.GET.get("day"))
    alone = bool(found.freq and day and request.POST.get("which") == "one")
    first = initial_of(found, zone)
    form = AppointmentForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        facts = form.facts(zone)
        try:
            if alone:
                moved = move_appointment(
                    request.principal, found, starts=facts["starts_at"], minutes=facts["minutes"], day=day
                )
                once: dict[str, Any] = {"freq": "", "weekdays": [], "until": None, "count": None}
                change_appointment(request.principal, moved, {**facts, **once})
            else:
                change_appointment(request.principal, found, facts, version=posted_version(request))
            messages.success(request, _("Saved."))
            return _gone_to(request, form.cleaned_data["day"])
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            form.add_error(None, str(error))
            found.version = error.version
    may_edit = request.principal.may("task", "edit") and APPOINTMENT_EDITED.allows(request.principal, found)
    context = {"form": form, "found": found, "party": _party(request, found), "occurrence": day, "may_edit": may_edit}
    return _form(request, context)


@require_POST
def cancel(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """It does not take place, with a way back."""
    found = _seen(request, appointment_id)
    day = _day(request.POST.get("occurrence")) if request.POST.get("which") == "one" else None
    cancel_appointment(request.principal, found, day=day)
    undo = reverse("activities:appointment-restore", args=[found.pk]) + (f"?day={day.isoformat()}" if day else "")
    messages.success(request, _("It does not take place: %(title)s") % {"title": found.title}, extra_tags=undo)
    return redirect(f"/calendar?day={(day or found.starts_at.astimezone(found.tz).date()).isoformat()}")


@require_POST
def restore(request: StaffRequest, appointment_id: UUID) -> HttpResponse:
    """It takes place after all, or stands where it stood."""
    found = _seen(request, appointment_id, also_cancelled=True)
    day = _day(request.GET.get("day"))
    restore_appointment(request.principal, found, day=day)
    messages.success(request, _("It is where it was: %(title)s") % {"title": found.title})
    shown = day or found.instead_of or found.starts_at.astimezone(found.tz).date()
    return redirect(f"/calendar?day={shown.isoformat()}")


def _form(request: StaffRequest, context: dict[str, object]) -> HttpResponse:
    form = context["form"]
    inside = wants_fragment(request)
    template = "activities/calendar/_dialog.html" if inside else "activities/calendar/appointment.html"
    status = 422 if isinstance(form, AppointmentForm) and form.errors else 200
    return render(request, template, context, status=status)


def _gone_to(request: StaffRequest, day: date) -> HttpResponse:
    target = f"/calendar?day={day.isoformat()}"
    if not wants_fragment(request):
        return redirect(target)
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response


def _begun(request: StaffRequest, zone: ZoneInfo) -> dict[str, object]:
    now = clock.now().astimezone(zone)
    day = _day(request.GET.get("day")) or now.date()
    begin = _time(request.GET.get("at")) or time(min(now.hour + 1, 23))
    end = (datetime.combine(day, begin) + timedelta(hours=1)).time()
    return {"day": day, "starts": begin, "ends": _time(request.GET.get("to")) or end, "weekdays": [day.weekday()]}


def _day(text: str | None) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _time(text: str | None) -> time | None:
    try:
        return parse_time(text or "")
    except ValueError:
        return None


def _seen(request: StaffRequest, appointment_id: UUID, *, also_cancelled: bool = False) -> Appointment:
    rows = Appointment.objects.visible_to(request.principal).select_related("owner", "party")
    found = (rows if also_cancelled else rows.filter(deleted_at=None)).filter(pk=appointment_id).first()
    if found is None:
        raise NotFound
    return found


def _party(request: StaffRequest, found: Appointment) -> object:
    try:
        return seen_party(request.principal, found.party_id) if found.party_id else None
    except NotFound:
        return None  # an appointment about a customer one does not see does not name him
