"""The bell and the page of all notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from filo.foundation import clock
from filo.foundation.errors import BadRequest
from filo.foundation.notices.hours import ends_of_pause
from filo.foundation.notices.queries import by_day, latest, notices_page, told, unread_count
from filo.foundation.notices.services.reading import read_all, read_notice, snooze, unread, wake
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.foundation.web.templatetags.web import full_day


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All of them by day, and what is put off."""
    put_off = request.GET.get("view") == "put-off"
    page = notices_page(request.principal, cursor=request.GET.get("cursor", "")[:400], put_off=put_off)
    days = by_day(told(request.principal, page.rows))
    shown = {"page": page, "days": days, "put_off": put_off, "unread": unread_count(request.principal)} | _pauses()
    return render(request, "notices/list.html", shown)


@require_GET
def bell(request: StaffRequest) -> HttpResponse:
    """The bell's count, fetched anew."""
    shown = {"unread": unread_count(request.principal), "person": request.principal.user_id}
    return render(request, "notices/_count.html", shown)


@require_GET
def latest_ones(request: StaffRequest) -> HttpResponse:
    """The panel under the bell, fetched when it is opened."""
    return latest_panel(request)


def _pauses() -> dict[str, Any]:
    zone = timezone.get_current_timezone()
    return {"pauses": ends_of_pause(clock.now(), ZoneInfo(str(zone)))}


@require_POST
def read(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """One is read; a script that follows its link asks for no page."""
    read_notice(request.principal, notice_id)
    if request.headers.get("X-Filo-Quiet"):
        return HttpResponse(status=204)
    if wants_fragment(request):
        return latest_panel(request, done=True, notice_id=notice_id)
    messages.success(request, _("It is read."), extra_tags=reverse("notices:unread", args=[notice_id]))
    return redirect("notices:list")


@require_POST
def take_back(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Not read after all."""
    unread(request.principal, notice_id=notice_id)
    if wants_fragment(request):
        return latest_panel(request)
    return redirect("notices:list")


@require_POST
def read_everything(request: StaffRequest) -> HttpResponse:
    """All that waits is read, with a way back."""
    number, moment = read_all(request.principal)
    if wants_fragment(request):
        return latest_panel(request)
    undo = f"{reverse('notices:unread-all')}?{urlencode({'at': moment.isoformat()})}"
    said = ngettext("%(n)s notice is read.", "%(n)s notices are read.", number) % {"n": number}
    messages.success(request, said, extra_tags=undo)
    return redirect("notices:list")


def latest_panel(request: StaffRequest, **just_done: object) -> HttpResponse:
    """What is left under the bell, with the way back from what was just done."""
    return render(request, "notices/_latest.html", {"found": latest(request.principal)} | _pauses() | just_done)


@require_POST
def unread_everything(request: StaffRequest) -> HttpResponse:
    """What was read at a moment waits again."""
    try:
        moment = parse_datetime(request.GET.get("at", "")[:40])
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadRequest
    unread(request.principal, read_at=moment)
    return redirect("notices:list")


@require_POST
def put_off(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Later: in an hour, this evening, tomorrow, next Monday, at a moment of one's own."""
    at = _moment(request.POST.get("at", "")[:40])
    until = snooze(request.principal, notice_id, until=request.POST.get("until", "")[:10], at=at)
    if wants_fragment(request):
        return latest_panel(request, later=until, notice_id=notice_id)
    undo = reverse("notices:wake", args=[notice_id])
    messages.success(request, _("It comes back: %(when)s") % {"when": full_day(until)}, extra_tags=undo)
    return redirect("notices:list")


def _moment(text: str) -> datetime | None:
    """A moment by the wall clock of whoever typed it."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found and found.tzinfo is None else found


@require_POST
def wake_up(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Now after all."""
    wake(request.principal, notice_id)
    if wants_fragment(request):
        return latest_panel(request)
    return redirect("notices:list")
