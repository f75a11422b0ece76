"""Invoices at the API: issued, sent, credited; made of orders and shipments."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Router

from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, versioned
from filo.operational.invoices.api import sent, telling
from filo.operational.invoices.api.bodies import CreditBody, IssueBody, SendInvoiceBody
from filo.operational.invoices.api.shapes import InvoiceShape
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.invoices.services import draft_credit, issue_invoice, send_invoice
from filo.operational.invoices.services.orders import bill_order, bill_shipment
from filo.operational.orders.queries.finding import seen_order, seen_shipment

router = Router(tags=["invoices"])


@router.post(
    "/invoices/{uuid:invoice_id}/issue", response=InvoiceShape, summary="Issue an invoice", openapi_extra=VERSIONED
)
def issue_an_invoice(request: ApiRequest, invoice_id: UUID, body: IssueBody) -> HttpResponse:
    """Its number is given now, and it changes no more; issuing it twice changes nothing."""
    principal = require(request, "invoice", "issue")
    invoice = seen_invoice(principal, invoice_id)
    refuse_stale(request, invoice.version)
    issue_invoice(principal, invoice, on=body.date)
    return versioned(request, telling.one(principal, invoice_id))


@router.post(
    "/invoices/{uuid:invoice_id}/send", response=InvoiceShape, summary="Send an invoice", openapi_extra=VERSIONED
)
def send_an_invoice(request: ApiRequest, invoice_id: UUID, body: SendInvoiceBody) -> HttpResponse:
    """Its file for the exchange is made, and leaves by folder or certified mail; `files` of the answer names it.

    By hand it counts as sent at once; a file that did not leave has no `left_at`, and `said` tells why.
    """
    principal = require(request, "invoice", "issue")
    invoice = seen_invoice(principal, invoice_id)
    refuse_stale(request, invoice.version)
    send_invoice(principal, invoice, way=body.way)
    return versioned(request, telling.one(principal, invoice_id))


@router.post(
    "/invoices/{uuid:invoice_id}/credit",
    response={201: InvoiceShape},
    summary="Draft a credit note",
    openapi_extra=VERSIONED,
)
def credit_an_invoice(request: ApiRequest, invoice_id: UUID, body: CreditBody) -> HttpResponse:
    """A draft that takes back all of it, or so much of some lines; it counts once it is issued."""
    principal = require(request, "invoice", "create")
    invoice = seen_invoice(principal, invoice_id)
    quantities = sent.quantities(invoice, body.lines)
    with transaction.atomic():
        made = draft_credit(principal, invoice, quantities=quantities, cause=body.cause)
        return telling.told_new(request, principal, made.pk)


@router.post(
    "/orders/{uuid:order_id}/bill", response={201: InvoiceShape}, summary="Bill an order", openapi_extra=VERSIONED
)
def bill_an_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """A draft with all that was ordered; where there is one, that one."""
    principal = require(request, "invoice", "create")
    require(request, "order", "view")
    with transaction.atomic():
        return telling.told_new(request, principal, bill_order(principal, seen_order(principal, order_id)).pk)


@router.post(
    "/shipments/{uuid:shipment_id}/bill",
    response={201: InvoiceShape},
    summary="Bill a shipment",
    openapi_extra=VERSIONED,
)
def bill_a_shipment(request: ApiRequest, shipment_id: UUID) -> HttpResponse:
    """A draft with what left in it; where there is one, that one."""
    principal = require(request, "invoice", "create")
    require(request, "order", "view")
    with transaction.atomic():
        made = bill_shipment(principal, seen_shipment(principal, shipment_id))
        return telling.told_new(request, principal, made.pk)
