"""The exchanges of the firm."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.telephony.forms import LineForm
from filo.collaborative.telephony.models import PhoneLine
from filo.collaborative.telephony.providers.contract import providers
from filo.collaborative.telephony.queries.exchanges import exchange_of, hook_of
from filo.collaborative.telephony.services import keep_line, try_line
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.ids import uuid7
from filo.foundation.web.requests import StaffRequest

EVENTS: tuple[Literal["ringing", "answered", "ended"], ...] = ("ringing", "answered", "ended")
SHOWN = ("name", "kind", "number", "group", "account", "base", "active")


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The exchanges that are set up, with the address each posts to."""
    request.principal.require("settings", "view")
    rows = PhoneLine.objects.select_related("group").prefetch_related("seats__user")
    kinds = {code: one.label for code, one in providers().items()}
    lines = [(line, kinds.get(line.kind, line.kind), hook_of(line)) for line in rows]
    return render(request, "telephony/settings.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more."""
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, line_id: UUID) -> HttpResponse:
    """Change it, or take it out of use."""
    line = PhoneLine.objects.filter(pk=line_id).first()
    if line is None:
        raise NotFound
    return _edit(request, line)


@require_POST
def try_it(request: StaffRequest, line_id: UUID) -> HttpResponse:
    """A call that rings, is lifted or ends, as the exchange would tell it."""
    line = PhoneLine.objects.select_related("group").filter(pk=line_id).first()
    event = request.POST.get("event", "")
    if line is None or event not in EVENTS:
        raise NotFound
    call = request.POST.get("call", "") if event != "ringing" else ""
    call = call[:80] or f"try-{uuid7()}"
    try:
        has_seat = try_line(request.principal, line, call=call, number=request.POST.get("number", "")[:60], event=event)
        if event == "answered" and not has_seat:
            messages.info(request, _("Lifted, as by nobody of us: in “My telephone” you have no extension here yet."))
    except InvalidFields as error:
        messages.error(request, " ".join(map(str, error.fields.values())))
    number = request.POST.get("number", "")[:60]
    going_on = f"?{urlencode({'call': call, 'number': number})}" if event != "ended" else ""
    return redirect(reverse("telephony:settings-edit", args=[line.pk]) + going_on)


def _edit(request: StaffRequest, line: PhoneLine | None) -> HttpResponse:
    request.principal.require("settings", "edit")
    first = {name: getattr(line, name) for name in SHOWN} if line else None
    form = LineForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_line(request.principal, line, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("telephony:settings-edit", kept.pk) if line is None else redirect("telephony:settings")
        except InvalidFields as error:
            form.refuse(error)
    secret = exchange_of(line).secret if line and line.kind == "exchange" else ""
    context = {"form": form, "line": line, "hook": hook_of(line) if line else "", "secret": secret}
    return render(request, "telephony/setting.html", context, status=422 if form.errors else 200)
