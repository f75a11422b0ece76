"""The bell, the page of all notices, and one's choices about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import BadRequest, InvalidFields
from filo.foundation.notices.forms import ChoicesForm
from filo.foundation.notices.kinds import kinds
from filo.foundation.notices.queries import by_day, latest, mailed_kinds, notices_page, rhythm_of, told, unread_count
from filo.foundation.notices.services.choosing import choose
from filo.foundation.notices.services.reading import read_all, read_notice, snooze, unread, wake
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.foundation.web.templatetags.web import full_day


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All of them by day, and what is put off."""
    put_off = request.GET.get("view") == "put-off"
    page = notices_page(request.principal, cursor=request.GET.get("cursor", "")[:400], put_off=put_off)
    days = by_day(told(request.principal, page.rows))
    shown = {"page": page, "days": days, "put_off": put_off, "unread": unread_count(request.principal)}
    return render(request, "notices/list.html", shown)


@require_GET
def bell(request: StaffRequest) -> HttpResponse:
    """The bell's count, fetched anew."""
    shown = {"unread": unread_count(request.principal), "person": request.principal.user_id}
    return render(request, "notices/_count.html", shown)


@require_GET
def latest_ones(request: StaffRequest) -> HttpResponse:
    """The panel under the bell, fetched when it is opened."""
    return render(request, "notices/_latest.html", {"found": latest(request.principal)})


@require_POST
def read(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """One is read; a script that follows its link asks for no page."""
    read_notice(request.principal, notice_id)
    if request.headers.get("X-Filo-Quiet"):
        return HttpResponse(status=204)
    messages.success(request, _("It is read."), extra_tags=reverse("notices:unread", args=[notice_id]))
    return redirect("notices:list")


@require_POST
def take_back(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Not read after all."""
    unread(request.principal, notice_id=notice_id)
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


def latest_panel(request: StaffRequest) -> HttpResponse:
    """What is left under the bell."""
    return render(request, "notices/_latest.html", {"found": latest(request.principal)})


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
    """Later: in an hour, tomorrow, next week."""
    until = snooze(request.principal, notice_id, until=request.POST.get("until", "")[:10])
    undo = reverse("notices:wake", args=[notice_id])
    messages.success(request, _("It comes back: %(when)s") % {"when": full_day(until)}, extra_tags=undo)
    return redirect("notices:list")


@require_POST
def wake_up(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """Now after all."""
    wake(request.principal, notice_id)
    return redirect("notices:list")


@require_http_methods(["GET", "POST"])
def choices(request: StaffRequest) -> HttpResponse:
    """What I want by mail, when it is quiet, how often a digest comes."""
    form = ChoicesForm(
        request.POST or None, kinds=[(kind.code, str(kind.label)) for kind in kinds()], initial=_chosen(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            choose(request.principal, **form.choices)
            messages.success(request, _("Saved."))
            return redirect("notices:choices")
        except InvalidFields as error:
            form.refuse(error)
    return render(request, "notices/choices.html", {"form": form}, status=422 if form.errors else 200)


def _chosen(request: StaffRequest) -> dict[str, Any]:
    person = request.principal.user_id
    if person is None:
        raise BadRequest
    rhythm = rhythm_of(person)
    return {
        "by_mail": [kind for kind, wanted in mailed_kinds(person).items() if wanted],
        "quiet_from": rhythm.quiet_from,
        "quiet_until": rhythm.quiet_until,
        "quiet_days": [str(day) for day in rhythm.quiet_days],
        "digest": rhythm.digest,
    }
