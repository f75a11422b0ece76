"""An order is billed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from filo.foundation.errors import DomainError, NotFound
from filo.foundation.web.requests import StaffRequest
from filo.operational.invoices.services.orders import bill_order, bill_shipment
from filo.operational.orders.models import Shipment
from filo.operational.orders.queries.finding import seen_order


@require_POST
def of_order(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """A draft with all of an order, opened; where there is one, that one."""
    order = seen_order(request.principal, order_id)
    try:
        invoice = bill_order(request.principal, order)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("orders:order", order_id)
    return redirect("invoices:invoice", invoice.id)


@require_POST
def of_shipment(request: StaffRequest, shipment_id: UUID) -> HttpResponse:
    """A draft with what left in a shipment, opened; where there is one, that one."""
    found = Shipment.objects.visible_to(request.principal).select_related("order").filter(pk=shipment_id).first()
    if found is None:
        raise NotFound
    try:
        invoice = bill_shipment(request.principal, found)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("orders:order", found.order_id)
    return redirect("invoices:invoice", invoice.id)
