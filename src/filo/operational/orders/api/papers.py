"""Orders at the API: their papers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import Router

from filo.foundation.rest.requests import ApiRequest, require
from filo.operational.orders.queries.finding import seen_order, seen_shipment
from filo.operational.orders.queries.paper import note_name, picking_name, print_delivery_note, print_picking

router = Router(tags=["orders"])


@router.get("/orders/{uuid:order_id}/picking-list", summary="Print a picking list")
def get_picking_list(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """What is left to ship and where it lies (PDF)."""
    order = seen_order(require(request, "order", "view"), order_id)
    return _pdf(print_picking(order, get_language() or order.language), picking_name(order))


@router.get("/shipments/{uuid:shipment_id}/delivery-note", summary="Print a delivery note")
def get_delivery_note(request: ApiRequest, shipment_id: UUID) -> HttpResponse:
    """The transport document (DPR 472/96) of a shipment, in the customer's language (PDF)."""
    shipment = seen_shipment(require(request, "order", "view"), shipment_id)
    return _pdf(print_delivery_note(shipment), note_name(shipment))


def _pdf(content: bytes, name: str) -> HttpResponse:
    reply = HttpResponse(content, content_type="application/pdf")
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
