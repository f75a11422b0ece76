"""A call: the bar while it lasts, the panel when it is over, and what is still to be written up."""

from __future__ import annotations

import json
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.interactions.calling import (
    bring_call_back,
    drop_call,
    end_call,
    keep_draft,
    start_call,
    wrap_up,
)
from filo.operational.interactions.composer import call_shown, wrap_up_context
from filo.operational.interactions.forms import WrapUpForm
from filo.operational.interactions.models import Call
from filo.operational.interactions.queries import calls_to_write_up, own_call, running_call
from filo.operational.parties.queries.find import seen_party


@require_POST
def start(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The clock runs, and the bar shows it on every page."""
    party = seen_party(request.principal, party_id)
    number, direction = request.POST.get("number", ""), request.POST.get("direction", "out")
    call = start_call(request.principal, party, number=number, direction=direction)
    return _bar(request, call) if wants_fragment(request) else redirect("parties:card", party.id)


@require_GET
def now(request: StaffRequest) -> HttpResponse:
    """The bar, fetched anew when a call began or ended elsewhere."""
    request.principal.require("interaction", "create")
    return _bar(request, running_call(request.principal))


@require_GET
def waiting(request: StaffRequest) -> HttpResponse:
    """The calls that are over and not written up."""
    request.principal.require("interaction", "create")
    return render(request, "interactions/calls/_waiting.html", {"waiting": calls_to_write_up(request.principal)})


@require_POST
def end(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """The clock stops and the panel opens."""
    call = end_call(request.principal, own_call(request.principal, call_id))
    return _panel(request, call) if wants_fragment(request) else redirect("interactions:call", call.id)


@require_http_methods(["GET", "POST"])
def write_up(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """Outcome, note and next step of a call; saving it again changes nothing."""
    request.principal.require("interaction", "create")
    call = own_call(request.principal, call_id)
    if call.state == "saved":
        return _saved(request, call)
    form = WrapUpForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            return _saved(request, wrap_up(request.principal, call, form.said))
        except InvalidFields as error:
            form.refuse(error)
    return _panel(request, call, form)


@require_POST
def draft(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """What was typed so far waits; also when something of it is wrong."""
    call = own_call(request.principal, call_id)
    form = WrapUpForm(request.POST)
    form.is_valid()
    keep_draft(request.principal, call, form.said)
    if request.headers.get("X-Filo-Quiet"):
        return HttpResponse(status=204)
    messages.success(request, _("It waits on your first page."))
    return redirect("/")


@require_POST
def drop(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """It needs no note."""
    call = drop_call(request.principal, own_call(request.principal, call_id))
    undo = reverse("interactions:call-back", args=[call.id])
    messages.success(request, _("The call needs no note."), extra_tags=undo)
    target = request.POST.get("next", "")
    return redirect(target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/")


@require_POST
def bring_back(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """It needs one after all."""
    call = bring_call_back(request.principal, own_call(request.principal, call_id))
    return redirect("interactions:call", call.id)


def _bar(request: StaffRequest, call: Call | None) -> HttpResponse:
    return render(request, "interactions/calls/_bar.html", call_shown(request.principal, call))


def _panel(request: StaffRequest, call: Call, form: WrapUpForm | None = None) -> HttpResponse:
    context = wrap_up_context(request.principal, call, form)
    context["back"] = urlsplit(request.headers.get("HX-Current-URL", "")).path
    template = "interactions/calls/_panel.html" if wants_fragment(request) else "interactions/calls/call.html"
    return render(request, template, context, status=422 if form and form.errors else 200)


def _saved(request: StaffRequest, call: Call) -> HttpResponse:
    sentence = _("It is in the story.")
    if not wants_fragment(request):
        messages.success(request, sentence)
        return redirect("parties:card", call.party_id)
    response = render(request, "interactions/calls/_saved.html", {"sentence": sentence})
    response["HX-Trigger"] = json.dumps({"filo:logged": {}, "filo:called": {}})
    return response
