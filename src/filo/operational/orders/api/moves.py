"""Orders at the API: confirmed, laid ready, shipped, delivered, called off, taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, version_to_write, versioned
from filo.operational.orders.api import sent, telling
from filo.operational.orders.api.bodies import CancelBody, ConfirmBody, DeliverBody, ReturnBody, ShipBody
from filo.operational.orders.api.shapes import OrderShape
from filo.operational.orders.queries.finding import seen_order
from filo.operational.orders.services import (
    arrived,
    cancel_order,
    confirm_order,
    deliver_order,
    prepare_order,
    return_goods,
    ship_order,
)

router = Router(tags=["orders"])


@router.post(
    "/orders/{uuid:order_id}/confirm", response=OrderShape, summary="Confirm an order", openapi_extra=VERSIONED
)
def confirm_an_order(request: ApiRequest, order_id: UUID, body: ConfirmBody) -> HttpResponse:
    """Accept it: its number is given and stock is promised to it; confirming it twice changes nothing."""
    principal = require(request, "order", "edit")
    order = seen_order(principal, order_id)
    confirm_order(principal, order, short=body.short, version=version_to_write(request, order.version))
    return versioned(request, telling.one(principal, order_id))


@router.post(
    "/orders/{uuid:order_id}/prepare", response=OrderShape, summary="Lay an order ready", openapi_extra=VERSIONED
)
def prepare_an_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """Its goods lie ready to leave."""
    principal = require(request, "order", "ship")
    order = seen_order(principal, order_id)
    refuse_stale(request, order.version)
    prepare_order(principal, order)
    return versioned(request, telling.one(principal, order_id))


@router.post("/orders/{uuid:order_id}/ship", response=OrderShape, summary="Ship an order", openapi_extra=VERSIONED)
def ship_an_order(request: ApiRequest, order_id: UUID, body: ShipBody) -> HttpResponse:
    """Everything that is left leaves, or so many of some lines; the latest of `shipments` is the one that was made."""
    principal = require(request, "order", "ship")
    order = seen_order(principal, order_id)
    refuse_stale(request, order.version)
    ship_order(principal, order, quantities=body.lines, parcel=sent.parcel(body, sent.key_of(request)))
    return versioned(request, telling.one(principal, order_id))


@router.post(
    "/orders/{uuid:order_id}/deliver", response=OrderShape, summary="Deliver an order", openapi_extra=VERSIONED
)
def deliver_an_order(request: ApiRequest, order_id: UUID, body: DeliverBody) -> HttpResponse:
    """Everything of it has arrived, or one of its shipments has."""
    principal = require(request, "order", "ship")
    order = seen_order(principal, order_id)
    refuse_stale(request, order.version)
    if body.shipment is None:
        deliver_order(principal, order)
    else:
        arrived(principal, sent.shipment(principal, order, body.shipment))
    return versioned(request, telling.one(principal, order_id))


@router.post("/orders/{uuid:order_id}/cancel", response=OrderShape, summary="Cancel an order", openapi_extra=VERSIONED)
def cancel_an_order(request: ApiRequest, order_id: UUID, body: CancelBody) -> HttpResponse:
    """It is off: what was promised to it is free again."""
    principal = require(request, "order", "edit")
    order = seen_order(principal, order_id)
    refuse_stale(request, order.version)
    cancel_order(principal, order, reason=body.reason)
    return versioned(request, telling.one(principal, order_id))


@router.post("/orders/{uuid:order_id}/return", response=OrderShape, summary="Take goods back", openapi_extra=VERSIONED)
def return_an_order(request: ApiRequest, order_id: UUID, body: ReturnBody) -> HttpResponse:
    """All that the customer has is back, or so many of some lines."""
    principal = require(request, "order", "ship")
    order = seen_order(principal, order_id)
    return_goods(
        principal,
        order,
        quantities=body.lines,
        reason=body.reason,
        restock=body.restock,
        version=version_to_write(request, order.version),
    )
    return versioned(request, telling.one(principal, order_id))
