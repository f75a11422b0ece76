"""Invoices at the API: listed, drafted, read, changed and thrown away."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import Stale
from filo.foundation.rest.answers import no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.operational.invoices.api import sent, telling
from filo.operational.invoices.api.bodies import InvoiceBody, InvoiceChange
from filo.operational.invoices.api.shapes import InvoiceList, InvoiceShape
from filo.operational.invoices.filters import INVOICE_FILTERS
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.invoices.queries.listing import SORTS, all_found
from filo.operational.invoices.services import change_draft, delete_draft, draft_invoice, mend_rejected

router = Router(tags=["invoices"])


@router.get("/invoices", response=InvoiceList, summary="List invoices")
def list_invoices(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Issued and received, the latest first. Orders: created, date, due, total. `q`: a number, or a customer."""
    principal = require(request, "invoice", "view")
    page, count = listed(principal, all_found(principal, asked.q), asked, sorts=SORTS, filters=INVOICE_FILTERS)
    return list_answer(telling.shown(principal, page.rows), page.next, count)


@router.post("/invoices", response={201: InvoiceShape}, summary="Draft an invoice", openapi_extra=VERSIONED)
def add_invoice(request: ApiRequest, body: InvoiceBody) -> HttpResponse:
    """A draft, without a number; what is left out is as the company usually has it."""
    principal = require(request, "invoice", "create")
    party, company = sent.party(principal, body.party), sent.company(body.company)
    facts, lines = sent.facts(body.sent()), sent.lines(body.lines)
    with transaction.atomic():  # a draft that falls to somebody else is not left behind
        made = draft_invoice(principal, party=party, company=company, lines=lines, **facts)
        return telling.told_new(request, principal, made.pk)


@router.get("/invoices/{uuid:invoice_id}", response=InvoiceShape, summary="Read an invoice", openapi_extra=VERSIONED)
def get_invoice(request: ApiRequest, invoice_id: UUID) -> HttpResponse:
    """One invoice with its lines, taxes and days."""
    return versioned(request, telling.one(require(request, "invoice", "view"), invoice_id))


@router.patch("/invoices/{uuid:invoice_id}", response=InvoiceShape, summary="Change a draft", openapi_extra=VERSIONED)
def patch_invoice(request: ApiRequest, invoice_id: UUID, body: InvoiceChange) -> HttpResponse:
    """Facts and lines of a draft; what was issued is put right by a credit note.

    Of an invoice that the exchange rejected, or the office refused, `iban`, `cause`, `held_cause`, `cig` and `cup` may
    change before it is sent again; both sides are then as they are on their cards.
    """
    principal = require(request, "invoice", "edit")
    invoice, changes = seen_invoice(principal, invoice_id), body.sent()
    version = version_to_write(request, invoice.version)
    lines = sent.lines(body.lines, invoice) if "lines" in changes else None
    try:
        if invoice.is_returned and lines is None:
            mend_rejected(principal, invoice, version=version, **sent.facts(changes))
        else:
            change_draft(principal, invoice, version=version, lines=lines, **sent.facts(changes))
    except Stale as error:
        raise stale(telling.one(principal, invoice_id), changes, error) from None
    return versioned(request, telling.one(principal, invoice_id))


@router.delete("/invoices/{uuid:invoice_id}", response={204: None}, summary="Throw a draft away")
def delete_invoice(request: ApiRequest, invoice_id: UUID) -> HttpResponse:
    """A draft goes; what was issued stays."""
    principal = require(request, "invoice", "edit")
    invoice = seen_invoice(principal, invoice_id)
    refuse_stale(request, invoice.version)
    delete_draft(principal, invoice)
    return no_content()
