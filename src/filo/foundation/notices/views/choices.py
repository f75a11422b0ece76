"""The page of one's choices about notices, and the browsers that show them."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import BadRequest, InvalidFields
from filo.foundation.notices.forms import BrowserForm, ChoicesForm
from filo.foundation.notices.kinds import kinds
from filo.foundation.notices.queries import browsers_of, rhythm_of, ways_of
from filo.foundation.notices.services.browsers import allow_browser, forget_browser
from filo.foundation.notices.services.choosing import choose
from filo.foundation.notices.webpush.keys import public_key
from filo.foundation.web.agents import device_name
from filo.foundation.web.requests import StaffRequest, public


@require_http_methods(["GET", "POST"])
def choices(request: StaffRequest) -> HttpResponse:
    """What I want by mail and in browsers, when it is quiet, how often a digest comes."""
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
    return _page(request, form)


def _page(request: StaffRequest, form: ChoicesForm) -> HttpResponse:
    browsers = [(hashlib.sha256(one.endpoint.encode()).hexdigest(), one) for one in browsers_of(request.principal)]
    shown = {"form": form, "browsers": browsers}
    return render(request, "notices/choices.html", shown, status=422 if form.errors else 200)


def _chosen(request: StaffRequest) -> dict[str, Any]:
    person = request.principal.user_id
    if person is None:
        raise BadRequest
    rhythm, ways = rhythm_of(person), ways_of(person)
    return {
        "by_mail": [kind for kind, wanted in ways.items() if wanted.mail],
        "by_browser": [kind for kind, wanted in ways.items() if wanted.browser],
        "quiet_from": rhythm.quiet_from,
        "quiet_until": rhythm.quiet_until,
        "quiet_days": [str(day) for day in rhythm.quiet_days],
        "digest": rhythm.digest,
        "digest_time": rhythm.digest_time,
    }


@require_POST
def key(_request: StaffRequest) -> JsonResponse:
    """What a browser has to know to subscribe; the first asking makes it."""
    return JsonResponse({"key": public_key()})


@require_POST
def allow(request: StaffRequest) -> HttpResponse:
    """Notices in this browser."""
    form = BrowserForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    name = device_name(request.headers.get("User-Agent", ""))
    allow_browser(request.principal, **form.cleaned_data, label=name)
    messages.success(request, _("Notices come to this browser now, also while no page of Filo is open."))
    return redirect("notices:choices")


@require_POST
def remove(request: StaffRequest, browser_id: UUID) -> HttpResponse:
    """No notices in that browser any more."""
    forget_browser(request.principal, browser_id)
    messages.success(request, _("That browser shows no notices any more."))
    return redirect("notices:choices")


@public
@require_GET
def worker(request: StaffRequest) -> HttpResponse:
    """The script with which a browser shows notices while no page is open."""
    return render(request, "notices/worker.js", content_type="text/javascript; charset=utf-8")
