"""Papers of orders: the picking list, and the delivery note."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from filo.foundation.web.requests import StaffRequest
from filo.operational.orders.queries.finding import seen_order, seen_shipment
from filo.operational.orders.queries.paper import note_name, picking_name, print_delivery_note, print_picking


@require_GET
def picking(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """What to fetch from where, in the language of who fetches it."""
    order = seen_order(request.principal, order_id)
    return as_pdf(print_picking(order, get_language() or order.language), picking_name(order))


@require_GET
def delivery_note(request: StaffRequest, shipment_id: UUID) -> HttpResponse:
    """What travels with the goods."""
    shipment = seen_shipment(request.principal, shipment_id)
    return as_pdf(print_delivery_note(shipment), note_name(shipment))


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """The answer that a browser shows."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
