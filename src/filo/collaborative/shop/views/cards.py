"""On the customer's card: what lies in his open carts, asked for after the card is there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.collaborative.shop.queries.carts import carts_on_card
from filo.foundation.errors import NotFound
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.models import Party


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """His open carts; nothing where there are none."""
    request.principal.require("order", "view")
    party = Party.objects.visible_to(request.principal).filter(pk=party_id).first()
    if party is None:
        raise NotFound
    return render(request, "shop/_on_card.html", {"lines": carts_on_card(party)})
