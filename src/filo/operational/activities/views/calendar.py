"""The calendar: a day, a week, a month, the team; things are moved in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import active_people
from filo.foundation.errors import BadRequest, NotFound
from filo.foundation.web.requests import StaffRequest, asked_id, wants_fragment
from filo.operational.activities.pages import calendar_days, days_shown, team_rows
from filo.operational.activities.sources import Move, source_coded, sources

VIEWS = ("day", "week", "month", "team")
MOST_MINUTES = 60 * 24 * 31
EARLIEST, LATEST = date(1990, 1, 8), date(2099, 12, 1)


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """One's own week, or what the address asks for."""
    request.principal.require("task", "view")
    return render(request, "activities/calendar/index.html", shown(request))


def shown(request: StaffRequest) -> dict[str, Any]:
    """What the calendar's page shows."""
    principal, zone = request.principal, ZoneInfo(request.principal.time_zone)
    view = request.GET.get("view", "week")
    view = view if view in VIEWS else "week"
    day = _asked_day(request, zone)
    days = days_shown(view, day)
    who = _whose(request)
    context: dict[str, Any] = {
        "view": view,
        "day": day,
        "first": days[0],
        "last": days[-1],
        "today": clock.today(zone),
        "before": _step(view, day, -1),
        "after": _step(view, day, 1),
        "sources": sources(principal),
        "who": who,
        "now": clock.now(),
        "hours": range(24),
    }
    if view == "team":
        return context | {"rows": team_rows(principal, days, zone), "days": days}
    if who is None:
        return context | {"days": []}
    found = calendar_days(principal, [who.pk], days, zone, month=day.month if view == "month" else 0)
    weeks = [found[start : start + 7] for start in range(0, len(found), 7)]
    return context | {"days": found, "weeks": weeks}


@require_POST
def move(request: StaffRequest) -> HttpResponse:
    """Another time for something, with a way back; the address itself may say where to, so that it can be undone."""
    principal = request.principal
    principal.require("task", "edit")
    asked = request.POST if "source" in request.POST else request.GET
    source = source_coded(str(asked.get("source", "")))
    if source is None or source.move is None or not principal.may(source.right, "edit"):
        raise NotFound
    zone = ZoneInfo(principal.time_zone)
    starts, ends = _moment(asked.get("starts"), zone), _moment(asked.get("ends"), zone)
    if not timedelta(0) < ends - starts <= timedelta(minutes=MOST_MINUTES):
        raise BadRequest
    one_day = parse_date(str(asked.get("occurrence", ""))) if asked.get("occurrence") else None
    to = Move(asked_id(asked.get("id")), starts, ends, asked.get("all_day") == "1", one_day)
    undo = source.move(principal, to)
    messages.success(request, _("Moved."), extra_tags=undo)
    if wants_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return redirect(f"/calendar?day={starts.astimezone(zone).date().isoformat()}")


def _moment(text: str | None, zone: ZoneInfo) -> datetime:
    """A moment of the world (`…Z`), or what the clock on one's wall says. Raises `BadRequest`."""
    try:
        found = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
        found = found if found.tzinfo else found.replace(tzinfo=zone)
        return found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadRequest from None


def _asked_day(request: StaffRequest, zone: ZoneInfo) -> date:
    try:
        found = parse_date(request.GET.get("day", ""))
    except ValueError:
        found = None
    return min(max(found or clock.today(zone), EARLIEST), LATEST)


def _step(view: str, day: date, way: int) -> date:
    if view == "month":
        month = day.year * 12 + day.month - 1 + way
        return date(month // 12, month % 12 + 1, 1)
    return day + way * timedelta(days=1 if view == "day" else 7)


def _whose(request: StaffRequest) -> User | None:
    """Whose calendar: one's own, or that of a colleague by id (items are those one sees)."""
    wanted = request.GET.get("who") or request.principal.user_id
    return active_people().filter(pk=asked_id(str(wanted))).first() if wanted else None
