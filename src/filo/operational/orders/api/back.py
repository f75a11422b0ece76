"""Orders at the API: steps that are taken back, goods that came in, one more like it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, versioned
from filo.operational.orders.api import sent, telling
from filo.operational.orders.api.bodies import NotDeliveredBody
from filo.operational.orders.api.doors import told_new
from filo.operational.orders.api.shapes import OrderShape
from filo.operational.orders.models import Order
from filo.operational.orders.queries.finding import seen_order
from filo.operational.orders.services import (
    copy_order,
    fill_order,
    not_arrived,
    reopen_order,
    restore_order,
    unprepare_order,
)

router = Router(tags=["orders"])


def _done(request: ApiRequest, order_id: UUID, action: str, verb: Callable[..., Order]) -> HttpResponse:
    principal = require(request, "order", action)
    order = seen_order(principal, order_id)
    refuse_stale(request, order.version)
    verb(principal, order)
    return versioned(request, telling.one(principal, order_id))


@router.post("/orders/{uuid:order_id}/reopen", response=OrderShape, summary="Reopen an order", openapi_extra=VERSIONED)
def reopen_an_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """A draft again, with the number that it has; nothing is promised to it any more."""
    return _done(request, order_id, "edit", reopen_order)


@router.post(
    "/orders/{uuid:order_id}/restore", response=OrderShape, summary="Take a cancelling back", openapi_extra=VERSIONED
)
def restore_an_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """It is on again as it stood before it was cancelled, if the stock still allows it."""
    return _done(request, order_id, "edit", restore_order)


@router.post(
    "/orders/{uuid:order_id}/unprepare", response=OrderShape, summary="Not laid ready", openapi_extra=VERSIONED
)
def unprepare_an_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """Its goods did not lie ready after all."""
    return _done(request, order_id, "ship", unprepare_order)


@router.post("/orders/{uuid:order_id}/fill", response=OrderShape, summary="Fill an order", openapi_extra=VERSIONED)
def fill_an_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """Goods came in: as much as is there is promised to an order that waits."""
    return _done(request, order_id, "edit", fill_order)


@router.post("/orders/{uuid:order_id}/undeliver", response=OrderShape, summary="Not delivered", openapi_extra=VERSIONED)
def undeliver_a_shipment(request: ApiRequest, order_id: UUID, body: NotDeliveredBody) -> HttpResponse:
    """One of its shipments was not delivered after all."""
    principal = require(request, "order", "ship")
    order = seen_order(principal, order_id)
    refuse_stale(request, order.version)
    not_arrived(principal, sent.shipment(principal, order, body.shipment))
    return versioned(request, telling.one(principal, order_id))


@router.post(
    "/orders/{uuid:order_id}/copy", response={201: OrderShape}, summary="Copy an order", openapi_extra=VERSIONED
)
def copy_an_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """A new draft like it, at the prices of today."""
    principal = require(request, "order", "create")
    require(request, "order", "view")
    return told_new(request, copy_order(principal, seen_order(principal, order_id)).pk)
