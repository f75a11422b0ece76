"""*Propose* on a card, the page of an offer, the list, and how often offers are taken."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation import clock
from filo.foundation.errors import InvalidFields
from filo.foundation.web.paging import capped_count, page_of
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.offers.forms import OfferForm
from filo.operational.offers.models import CHANNELS, RULES, STATES
from filo.operational.offers.queries.finding import SORTS, offers_found, rates, seen_offer
from filo.operational.offers.queries.picking import picks_for
from filo.operational.offers.services import close_offer, make_offer, quote_offer
from filo.operational.parties.queries.find import seen_party, tie_with
from filo.operational.parties.queries.naming import names_of

SIZE, REPORTED = 50, timedelta(days=365)


@require_http_methods(["GET", "POST"])
def propose(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """What fits this customer; what is ticked becomes an offer."""
    principal = request.principal
    principal.require("quote", "create")
    party = seen_party(principal, party_id)
    form = OfferForm(request.POST or None)
    chosen = [asked_id(one) for one in request.POST.getlist("variants")[:50]]
    if request.method == "POST" and form.is_valid():
        try:
            offer = make_offer(principal, party, variants=chosen, **form.cleaned_data)
            messages.success(request, _("It stands on the card."))
            return redirect("offers:offer", offer.pk)
        except InvalidFields as error:
            form.refuse(error)
    tie = tie_with(party, None, whose=request.principal.user_id)
    picks = picks_for(principal, party, tie.company if tie else None)
    context = {"party": party, "picks": picks, "form": form, "chosen": chosen, "rules": dict(RULES)}
    return render(request, "offers/propose.html", context, status=422 if form.errors else 200)


@require_GET
def page(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """One offer with its reasons and what came of it."""
    request.principal.require("quote", "view")
    offer = seen_offer(request.principal, offer_id)
    return render(request, "offers/offer.html", {"offer": offer, "outcomes": STATES})


@require_POST
def quote(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """The quote that it leads to."""
    made = quote_offer(request.principal, seen_offer(request.principal, offer_id))
    return redirect("quotes:quote", made.pk)


@require_POST
def close(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """What came of it."""
    offer = seen_offer(request.principal, offer_id)
    close_offer(request.principal, offer, request.POST.get("outcome", ""))
    messages.success(request, _("Saved."))
    return redirect("offers:offer", offer.pk)


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The offers one sees, the latest first."""
    principal = request.principal
    principal.require("quote", "view")
    asked = {name: request.GET.get(name, "") for name in ("state", "channel", "rule")}
    party = request.GET.get("party", "")
    found = offers_found(principal, **asked, party=asked_id(party) if party else None)
    rows = found.for_list()  # type: ignore[attr-defined]  # its own
    shown = page_of(rows, SORTS["-created_at"], size=SIZE, cursor=request.GET.get("cursor", "")[:400])
    names = names_of(principal, {offer.party_id for offer in shown.rows})
    context = {
        "rows": [(offer, names.get(offer.party_id, "")) for offer in shown.rows],
        "page": shown,
        "count": capped_count(found),
        "asked": asked,
        "states": STATES,
        "channels": CHANNELS,
        "rules": RULES,
    }
    return render(request, "offers/list.html", context)


@require_GET
def report(request: StaffRequest) -> HttpResponse:
    """How often offers of a year were taken, by rule and by way."""
    request.principal.require("quote", "view")
    by_rule, by_channel = rates(request.principal, clock.today() - REPORTED)
    return render(request, "offers/report.html", {"by_rule": by_rule, "by_channel": by_channel})
