"""One's calendar in other programs: a secret address, which can be ended, and what it answers."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation import clock
from filo.foundation.accounts.queries import principal_of
from filo.foundation.errors import NotFound, TooMany
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import StaffRequest, public
from filo.operational.activities.feeding import end_feed, make_feed, person_of_feed
from filo.operational.activities.ics import calendar_text
from filo.operational.activities.models import CalendarFeed
from filo.operational.activities.sources import items_of
from filo.operational.parties.queries.naming import names_of

BACK, AHEAD = timedelta(days=60), timedelta(days=365)
OFTEN = (120, 600)


@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Make the address, see it once."""
    request.principal.require("task", "view")
    secret = make_feed(request.principal) if request.method == "POST" else ""
    address = f"{settings.SITE_URL}/p/calendar/{secret}.ics" if secret else ""
    known = CalendarFeed.objects.filter(person=request.principal.user_id).first()
    return render(request, "activities/calendar/feed.html", {"address": address, "known": known})


@require_POST
def end(request: StaffRequest) -> HttpResponse:
    """Nobody reads it any more."""
    end_feed(request.principal)
    messages.success(request, _("The address is ended: no program reads your calendar any more."))
    return redirect("activities:calendar-feed")


@public
@require_GET
def public_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What that person may see of his own calendar, sixty days back and a year ahead."""
    if not may_once_more(request, "calendar-feed", OFTEN):
        raise TooMany(retry_after=OFTEN[1])
    person = person_of_feed(token)
    if person is None:
        raise NotFound
    principal, now = principal_of(person), clock.now()
    items = [one for one in items_of(principal, [person.pk], now - BACK, now + AHEAD) if not one.done]
    names = names_of(principal, {one.party for one in items if one.party})
    with translation.override(person.language):
        name = _("Filo: %(name)s") % {"name": person.name}
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        text = calendar_text(name, items, names, zone=ZoneInfo(person.time_zone), now=day, site=str(settings.SITE_URL))
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
