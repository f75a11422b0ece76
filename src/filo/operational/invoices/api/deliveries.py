"""Deliveries that wait to be billed at the API, and their deferred invoices."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation.filters.conditions import CHOICE, PAST, by_id, by_moment
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.web.paging import Key
from filo.operational.invoices.api import telling
from filo.operational.invoices.api.shapes import InvoiceShape
from filo.operational.invoices.queries.deliveries import amount_of, deliveries_waiting, together
from filo.operational.invoices.services.deliveries import bill_shipments
from filo.operational.orders.models import Shipment
from filo.operational.orders.queries.finding import seen_shipment

router = Router(tags=["invoices"])
SORTS = {"shipped_at": (Key("shipped_at"), Key("id"))}
FILTERS = FilterSet.of(
    FilterField("order", "order", CHOICE, by_id("order")),
    FilterField("customer", "customer", CHOICE, by_id("order__party")),
    FilterField("shipped_at", "shipped_at", PAST, by_moment("shipped_at")),
)


class UnbilledShipment(Shape):
    """A delivery that no invoice asks for. payer, company, currency, gross, month: what must be the same of those that
    one invoice bills. amount: what its lines come to on the order.
    """

    id: UUID
    number: str
    shipped_at: datetime.datetime
    order: UUID
    order_number: str
    payer: UUID
    company: str
    currency: str
    gross: bool
    month: datetime.date
    amount: str


class UnbilledList(Shape):
    """A page of deliveries that wait."""

    items: list[UnbilledShipment]
    next: str | None
    count: int
    count_is_exact: bool


class BillBody(Body):
    """What one deferred invoice bills."""

    shipments: list[UUID] = Field(min_length=1, max_length=200)


@router.get("/shipments/unbilled", response=UnbilledList, summary="List deliveries to be billed")
def list_unbilled(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Sold goods that left and that no invoice asks for, the oldest first."""
    principal = require(request, "invoice", "create")
    require(request, "order", "view")
    found = deliveries_waiting(principal).prefetch_related("lines__line")
    page, count = listed(principal, found.order_by(), asked, sorts=SORTS, filters=FILTERS)
    return list_answer([_shown(row) for row in page.rows], page.next, count)


@router.post("/shipments/bill", response={201: InvoiceShape}, summary="Bill several shipments")
def bill_several(request: ApiRequest, body: BillBody) -> HttpResponse:
    """A draft of one deferred invoice (TD24) with all that left in them; each is billed once."""
    principal = require(request, "invoice", "create")
    require(request, "order", "view")
    with transaction.atomic():
        made = bill_shipments(principal, [seen_shipment(principal, one) for one in dict.fromkeys(body.shipments)])
        return telling.told_new(request, principal, made.pk)


def _shown(row: Shipment) -> dict[str, Any]:
    common = together(row)
    return {
        "id": row.pk,
        "number": row.name,
        "shipped_at": row.shipped_at,
        "order": row.order_id,
        "order_number": row.order.name,
        "payer": common.party,
        "company": row.order.company.code,
        "currency": common.currency,
        "gross": common.gross,
        "month": common.month,
        "amount": f"{amount_of(row):f}",
    }
