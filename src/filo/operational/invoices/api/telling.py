"""From rows of invoices to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.foundation.rest.requests import ApiRequest
from filo.foundation.rest.versions import versioned
from filo.operational.invoices.models import Invoice, InvoiceDue, InvoiceFile, InvoiceLine, InvoiceTax
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.parties.models import Party

MONEY = ("net", "vat", "total", "stamp", "held", "payable", "paid", "credited", "left")
PLAIN = (
    *("id", "direction", "type", "state", "number", "date", "currency", "gross", "language", "due_on", "terms"),
    *("method", "iban", "vat_due", "cause", "order_number", "order_date", "cig", "cup", "created_at", "issued_at"),
    "version",
)


def told_new(request: ApiRequest, principal: Principal, invoice_id: UUID) -> HttpResponse:
    """The answer about a draft that was made. Raises `NotFound` where it fell to somebody whose it is alone."""
    headers = {"Location": f"/api/v1/invoices/{invoice_id}"}
    return versioned(request, one(principal, invoice_id), status=201, headers=headers)


def one(principal: Principal, invoice_id: UUID) -> dict[str, Any]:
    """One of them, whole, as it is answered. Raises `NotFound`."""
    invoice = seen_invoice(principal, invoice_id)
    return shown(principal, [invoice])[0] | {
        "lines": [line(row) for row in invoice.lines.all()],
        "taxes": [tax(row) for row in invoice.taxes.all()],
        "dues": [due(row) for row in invoice.dues.all()],
        "files": [file(row) for row in invoice.files.all()],
    }


def shown(principal: Principal, invoices: Sequence[Invoice]) -> list[dict[str, Any]]:
    """The invoices; a customer is named only to whom sees him."""
    ids = {invoice.party_id for invoice in invoices if invoice.party_id}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if principal.may("party", "view") and ids else []
    seen = {party.pk: party for party in rows}
    return [shape(invoice, seen.get(invoice.party_id) if invoice.party_id else None) for invoice in invoices]


def shape(invoice: Invoice, party: Party | None) -> dict[str, Any]:
    """As it is answered."""
    money = {name: {"amount": f"{getattr(invoice, name):.2f}", "currency": invoice.currency} for name in MONEY}
    about = {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None
    source = {"kind": invoice.source_kind, "id": invoice.source_id} if invoice.source_id else None
    return (
        {name: getattr(invoice, name) for name in PLAIN}
        | money
        | dict.fromkeys(("lines", "taxes", "dues", "files"))
        | {
            "party": about,
            "company": invoice.company.code,
            "owner": person_shown(invoice.owner) if invoice.owner else None,
            "credits": invoice.credits_id,
            "source": source,
        }
    )


def line(row: InvoiceLine) -> dict[str, Any]:
    """A line, as it is answered."""
    plain = ("id", "code", "description", "unit", "discounts", "nature")
    numbers = ("quantity", "unit_price", "vat_rate")
    told = {name: f"{getattr(row, name).normalize():f}" for name in numbers}
    return {name: getattr(row, name) for name in plain} | told | {"off": f"{row.off:.2f}", "amount": f"{row.amount:f}"}


def tax(row: InvoiceTax) -> dict[str, Any]:
    """What falls under a rate, as it is answered."""
    rate = f"{row.rate.normalize():f}"
    return {"vat_rate": rate, "nature": row.nature, "net": f"{row.net:f}", "vat": f"{row.vat:f}", "law": row.law}


def due(row: InvoiceDue) -> dict[str, Any]:
    """A day and its sum, as they are answered."""
    return {"day": row.day, "amount": f"{row.amount:f}", "method": row.method, "iban": row.iban}


def file(row: InvoiceFile) -> dict[str, Any]:
    """A file of the exchange, as it is answered."""
    return {name: getattr(row, name) for name in ("id", "kind", "name", "way", "code", "said", "at", "left_at")}
