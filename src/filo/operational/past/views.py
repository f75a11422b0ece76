"""The list of past orders, the page of one, and what a card shows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from filo.foundation.web.paging import Key, capped_count, page_of
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.naming import names_of
from filo.operational.past.queries.finding import lines_of, of_party, past_orders_found, seen_past_order

SIZE = 50
LATEST = (Key("day", descending=True), Key("id", descending=True))


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The past orders one sees, newest first."""
    principal = request.principal
    principal.require("order", "view")
    text = request.GET.get("q", "")[:120]
    found = past_orders_found(principal, text)
    page = page_of(found.for_list(), LATEST, size=SIZE, cursor=request.GET.get("cursor", "")[:400])  # type: ignore[attr-defined]
    names = names_of(principal, {order.party_id for order in page.rows})
    rows = [(order, names.get(order.party_id, "")) for order in page.rows]
    context = {"rows": rows, "page": page, "count": capped_count(found), "text": text}
    return render(request, "past/list.html", context)


@require_GET
def page(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """One past order with its lines."""
    order = seen_past_order(request.principal, order_id)
    names = names_of(request.principal, {order.party_id})
    party = order.party if order.party_id in names else None
    return render(request, "past/order.html", {"order": order, "lines": lines_of(order), "party": party})


@require_GET
def of_party_card(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The latest past orders of a customer, for his card."""
    request.principal.require("order", "view")
    party = seen_party(request.principal, party_id)
    orders, sums = of_party(request.principal, party)
    told = [(currency, number, total) for currency, (number, total) in sorted(sums.items())]
    return render(request, "past/_on_card.html", {"party": party, "orders": orders, "sums": told})
