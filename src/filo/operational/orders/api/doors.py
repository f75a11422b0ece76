"""Orders at the API: listed, begun, read and changed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.orders.api import sent, telling
from filo.operational.orders.api.bodies import OrderBody, OrderChange
from filo.operational.orders.api.shapes import OrderList, OrderShape
from filo.operational.orders.filters import ORDER_FILTERS
from filo.operational.orders.queries.finding import lines_of, seen_order
from filo.operational.orders.queries.listing import SORTS, orders_found
from filo.operational.orders.services import change_order, draft_order, order_from_quote, write_lines
from filo.operational.quotes.queries.finding import seen_quote

router = Router(tags=["orders"])


@router.get("/orders", response=OrderList, summary="List orders")
def list_orders(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The orders one sees, the latest first. Orders: created, promised, total. `q` is a number, or words."""
    principal = require(request, "order", "view")
    found = orders_found(principal, "all", asked.q).select_related("owner", "company", "ship_party", "bill_party")
    page, count = listed(principal, found, asked, sorts=SORTS, filters=ORDER_FILTERS)
    return list_answer(telling.shown(principal, page.rows), page.next, count)


@router.post("/orders", response={201: OrderShape}, summary="Draft an order", openapi_extra=VERSIONED)
def add_order(request: ApiRequest, body: OrderBody) -> HttpResponse:
    """A draft, priced by the price engine; with an `Idempotency-Key` it is made once."""
    principal = require(request, "order", "create")
    party, company = sent.party(principal, body.party), sent.company(body.company)
    given = {name: value for name, value in body.sent().items() if value is not None}
    facts = sent.facts(principal, given) | {"source": "api"}
    lines = sent.drafts(principal, body.lines)
    key = sent.key_of(request)
    made = draft_order(principal, party=party, company=company, lines=lines, facts=facts, key=key)
    return told_new(request, made.pk)


@router.post(
    "/quotes/{uuid:quote_id}/order", response={201: OrderShape}, summary="Order a quote", openapi_extra=VERSIONED
)
def add_order_of_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """The order of an accepted quote; a quote makes one order, which is given again."""
    principal = require(request, "order", "create")
    require(request, "quote", "view")
    return told_new(request, order_from_quote(principal, seen_quote(principal, quote_id)).pk)


def told_new(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """The answer about an order that was made."""
    found = telling.one(request.principal, order_id)
    return versioned(request, found, status=201, headers={"Location": f"/api/v1/orders/{order_id}"})


@router.get("/orders/{uuid:order_id}", response=OrderShape, summary="Read an order", openapi_extra=VERSIONED)
def get_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """One order with its lines and shipments."""
    return versioned(request, telling.one(require(request, "order", "view"), order_id))


@router.patch("/orders/{uuid:order_id}", response=OrderShape, summary="Change an order", openapi_extra=VERSIONED)
def patch_order(request: ApiRequest, order_id: UUID, body: OrderChange) -> HttpResponse:
    """Facts and lines, as long as nothing of it has left; all of it or nothing."""
    principal = require(request, "order", "edit")
    order, changes = seen_order(principal, order_id), body.sent()
    version = version_to_write(request, order.version)
    try:
        with transaction.atomic():
            now = change_order(principal, order, version=version, **sent.facts(principal, changes))
            if "lines" in changes:
                write_lines(principal, now, sent.drafts(principal, body.lines, kept=lines_of(now)))
    except Stale as error:
        raise stale(telling.one(principal, order_id), changes, error) from None
    return versioned(request, telling.one(principal, order_id))
