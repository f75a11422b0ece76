"""Shipments at the API: what left, of all orders that one sees."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.filters.conditions import CHOICE, PAST, by_id, by_moment
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Shape
from filo.foundation.web.paging import Key
from filo.operational.orders.api import telling
from filo.operational.orders.api.shapes import ShipmentShape
from filo.operational.orders.models import Shipment
from filo.operational.orders.queries.finding import seen_shipment

router = Router(tags=["orders"])
SORTS = {
    "-shipped_at": (Key("shipped_at", descending=True), Key("id", descending=True)),
    "shipped_at": (Key("shipped_at"), Key("id")),
}
FILTERS = FilterSet.of(
    FilterField("order", "order", CHOICE, by_id("order")),
    FilterField("shipped_at", "shipped_at", PAST, by_moment("shipped_at")),
    FilterField("delivered_at", "delivered_at", PAST, by_moment("delivered_at")),
)


class ShipmentOfOrder(ShipmentShape):
    """What left together, and of which order."""

    order: UUID
    order_number: str


class ShipmentList(Shape):
    """A page of shipments."""

    items: list[ShipmentOfOrder]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/shipments", response=ShipmentList, summary="List shipments")
def list_shipments(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """What left of the orders one sees, the latest first. `q`: a tracking number."""
    principal = require(request, "order", "view")
    found = Shipment.objects.visible_to(principal).select_related("order", "carrier").prefetch_related("lines")
    if asked.q:
        found = found.filter(tracking__iexact=asked.q.strip())
    page, count = listed(principal, found, asked, sorts=SORTS, filters=FILTERS)
    return list_answer([_shown(row) for row in page.rows], page.next, count)


@router.get("/shipments/{uuid:shipment_id}", response=ShipmentOfOrder, summary="Read a shipment")
def get_shipment(request: ApiRequest, shipment_id: UUID) -> HttpResponse:
    """One shipment."""
    return answer(_shown(seen_shipment(require(request, "order", "view"), shipment_id)))


def _shown(row: Shipment) -> dict[str, Any]:
    return telling.shipment(row) | {"order": row.order_id, "order_number": row.order.name}
