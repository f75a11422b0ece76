"""The call that rings now, the list of calls, and one's own telephone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.telephony.forms import SeatForm
from filo.collaborative.telephony.models import PhoneLine
from filo.collaborative.telephony.queries.exchanges import seat_of
from filo.collaborative.telephony.queries.finding import (
    SORTS,
    calls_found,
    may_listen,
    people_of_calls,
    pops_of,
    seen_call,
)
from filo.collaborative.telephony.services import is_his, keep_seat, place_call
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.web.paging import capped_count, page_of
from filo.foundation.web.requests import StaffRequest, asked_id, wants_fragment
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.naming import names_of

SIZE = 50


@require_GET
def now(request: StaffRequest) -> HttpResponse:
    """What rings for one, and what one speaks on."""
    request.principal.require("interaction", "create")
    return render(request, "telephony/_pops.html", {"pops": pops_of(request.principal)})


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The calls one sees, newest first."""
    principal = request.principal
    principal.require("interaction", "view")
    text, state = request.GET.get("q", "")[:120], request.GET.get("state", "")
    person = asked_id(request.GET["person"]) if request.GET.get("person") else None
    found = calls_found(principal, text, state, person)
    page = page_of(found, SORTS["-began_at"], size=SIZE, cursor=request.GET.get("cursor", "")[:400])
    names = names_of(principal, {call.party_id for call in page.rows if call.party_id})
    context = {
        "rows": [
            (call, names.get(call.party_id, "") if call.party_id else "", may_listen(call, names)) for call in page.rows
        ],
        "page": page,
        "count": capped_count(found),
        "text": text,
        "state": state,
        "person": person,
        "people": people_of_calls(principal),
        "has_lines": PhoneLine.objects.filter(active=True).exists(),
    }
    return render(request, "telephony/list.html", context)


@require_POST
def place(request: StaffRequest) -> HttpResponse:
    """Have the exchange call a number."""
    party_id = request.POST.get("party", "")
    party = seen_party(request.principal, asked_id(party_id)) if party_id else None
    try:
        place_call(request.principal, number=request.POST.get("number", "")[:60], party=party)
        sentence, status = _("Your telephone rings: lift it, and the customer is called."), 200
    except InvalidFields as error:
        sentence, status = " ".join(map(str, error.fields.values())), 422
    except DomainError as error:
        sentence, status = str(error), 422
    if wants_fragment(request):
        context = {"sentence": sentence, "refused": status != 200}
        return render(request, "telephony/_placed.html", context)
    (messages.success if status == 200 else messages.error)(request, sentence)
    return redirect(reverse("parties:card", args=[party.pk]) if party else reverse("telephony:list"))


@require_POST
def claim(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """Say whose call it is."""
    call = seen_call(request.principal, call_id)
    party = seen_party(request.principal, asked_id(request.POST.get("party", "")))
    is_his(request.principal, call, party)
    return redirect("parties:card", party.pk)


@require_http_methods(["GET", "POST"])
def mine(request: StaffRequest) -> HttpResponse:
    """At which telephone one sits."""
    request.principal.require("interaction", "create")
    seat = seat_of(request.principal.user_id)
    first = {"way": seat.way, "line": seat.line_id, "extension": seat.extension} if seat else None
    form = SeatForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            keep_seat(request.principal, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("telephony:list")
        except InvalidFields as error:
            form.refuse(error)
    return render(request, "telephony/mine.html", {"form": form}, status=422 if form.errors else 200)
