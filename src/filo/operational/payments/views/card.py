"""What the card of a customer shows of payments, and the page behind it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.queries.find import seen_party
from filo.operational.payments.queries.history import history_of


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The panel: what is open, how late he pays."""
    request.principal.require("payment", "view")
    party = seen_party(request.principal, party_id)
    return render(request, "payments/_on_card.html", {"party": party, "history": history_of(request.principal, party)})


@require_GET
def history(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """All of it: dues, payments, delays month by month."""
    request.principal.require("payment", "view")
    party = seen_party(request.principal, party_id)
    found = history_of(request.principal, party)
    rows = [(payment, found.shares.get(payment.pk, [])) for payment in found.payments]
    return render(request, "payments/history.html", {"party": party, "history": found, "rows": rows})
