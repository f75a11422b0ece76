"""From rows of invoices to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.foundation.rest.requests import ApiRequest
from filo.foundation.rest.versions import versioned
from filo.operational.invoices.fatturapa.document import Received, Subject
from filo.operational.invoices.models import CompanyFiscal, Invoice, InvoiceDue, InvoiceFile, InvoiceLine, InvoiceTax
from filo.operational.invoices.odd_numbers import would_be_rejected
from filo.operational.invoices.queries.beside import Beside, beside
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.invoices.services.company import FIELDS
from filo.operational.parties.models import Party

MONEY = ("net", "vat", "total", "stamp", "fund", "held", "payable", "paid", "credited", "left")
WHOLE = ("lines", "taxes", "dues", "files", "doubts", "references", "withholdings", "funds", "reductions")
RATES = ("held_rate", "held_base", "fund_rate", "fund_vat_rate")
PLAIN = (
    *("id", "direction", "type", "state", "number", "date", "currency", "gross", "language", "due_on", "terms"),
    *("method", "iban", "bank", "series", "stamp_rule", "stamp_charged", "held_kind", "held_cause", "fund_kind"),
    *("fund_nature", "fund_withheld", "send_by", "resend_by"),
    *("vat_due", "cause", "order_number", "order_date", "cig", "cup", "created_at", "issued_at"),
    *("delivery_number", "delivery_day", "version"),
)


def told_new(request: ApiRequest, principal: Principal, invoice_id: UUID) -> HttpResponse:
    """The answer about a draft that was made. Raises `NotFound` where it fell to somebody whose it is alone."""
    headers = {"Location": f"/api/v1/invoices/{invoice_id}"}
    return versioned(request, one(principal, invoice_id), status=201, headers=headers)


def one(principal: Principal, invoice_id: UUID) -> dict[str, Any]:
    """One of them, whole, as it is answered. Raises `NotFound`."""
    invoice = seen_invoice(principal, invoice_id)
    lines = list(invoice.lines.all())
    return shown(principal, [invoice])[0] | {
        **_beside(beside(invoice, lines)),
        "lines": [line(row) for row in lines],
        "taxes": [tax(row) for row in invoice.taxes.all()],
        "dues": [due(row) for row in invoice.dues.all()],
        "files": [file(row) for row in invoice.files.all()],
        "doubts": would_be_rejected(invoice),
    }


def _beside(found: Beside) -> dict[str, Any]:
    plain = ("kind", "number", "day", "cig", "cup", "lines")
    return {
        "references": [{name: getattr(one, name) for name in plain} for one in found.references],
        "withholdings": [
            {"kind": one.kind, "rate": _rate(one.rate), "amount": f"{one.amount:.2f}", "cause": one.cause}
            for one in found.withholdings
        ],
        "funds": [
            {
                "kind": one.kind,
                "rate": _rate(one.rate),
                "amount": f"{one.amount:.2f}",
                "vat_rate": _rate(one.vat_rate),
                "nature": one.nature,
                "withheld": one.withheld,
            }
            for one in found.funds
        ],
        "reductions": [
            {
                "percent": None if one.percent is None else _rate(one.percent),
                "amount": None if one.amount is None else f"{one.amount:.2f}",
                "more": one.more,
            }
            for one in found.reductions
        ],
    }


def _rate(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


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
    source = {"kind": invoice.source_kind, "id": invoice.source_id} if invoice.source_kind else None
    return (
        {name: getattr(invoice, name) for name in PLAIN}
        | money
        | {name: f"{getattr(invoice, name):f}" for name in RATES}
        | dict.fromkeys(WHOLE)
        | {
            "party": about,
            "company": invoice.company.code,
            "owner": person_shown(invoice.owner) if invoice.owner else None,
            "credits": invoice.credits_id,
            "supplier": invoice.other_name if invoice.direction == "received" else "",
            "source": source,
            "deliveries": [{"number": number, "day": day} for number, day in invoice.delivery_notes],
        }
    )


def line(row: InvoiceLine) -> dict[str, Any]:
    """A line, as it is answered."""
    plain = ("id", "code", "description", "unit", "discounts", "nature")
    numbers = ("quantity", "unit_price", "vat_rate")
    told = {name: f"{getattr(row, name).normalize():f}" for name in numbers}
    told |= {"off": f"{row.off:.2f}", "amount": f"{row.amount:f}"}
    return {name: getattr(row, name) for name in plain} | told | {"shipment": row.shipment_id}


def tax(row: InvoiceTax) -> dict[str, Any]:
    """What falls under a rate, as it is answered."""
    return {
        "vat_rate": _rate(row.rate),
        "nature": row.nature,
        "net": f"{row.net:f}",
        "vat": f"{row.vat:f}",
        "law": row.law,
    }


def due(row: InvoiceDue) -> dict[str, Any]:
    """A day and its sum, as they are answered."""
    return {"day": row.day, "amount": f"{row.amount:f}", "method": row.method, "iban": row.iban}


def file(row: InvoiceFile) -> dict[str, Any]:
    """A file of the exchange, as it is answered."""
    plain = ("id", "kind", "name", "way", "code", "said", "at", "left_at", "signed_by")
    complaints = [
        {part: str(one.get(part) or "") for part in ("code", "text", "hint")} for one in row.told.get("complaints", ())
    ]
    told = {"warnings": [str(one) for one in row.told.get("warnings", ())], "complaints": complaints}
    return {name: getattr(row, name) for name in plain} | told


def handed_in(row: InvoiceFile) -> dict[str, Any]:
    """A file that was handed in, as it is answered."""
    return file(row) | {"invoice": row.invoice_id, "company": row.company.code if row.company else ""}


def said(found: Received) -> dict[str, Any]:
    """What a file would say, as it is answered."""
    document = found.document
    return {
        "seller": _side(document.seller),
        "buyer": _side(document.buyer),
        "numbers": [body.number for body in document.bodies],
        "warnings": list(found.warnings),
    }


def _side(subject: Subject) -> dict[str, str]:
    number = f"{subject.vat_country}{subject.vat_number}" if subject.vat_number else ""
    return {"name": subject.full_name, "vat_number": number, "tax_code": subject.tax_code}


def fiscal(row: CompanyFiscal) -> dict[str, Any]:
    """The fiscal data of a company, as it is answered."""
    plain = (*(name for name in FIELDS if name != "capital"), "version")
    capital = {"amount": f"{row.capital:f}", "currency": "EUR"} if row.capital is not None else None
    about = {"company_id": row.company_id, "company": row.company.code, "vat_number": row.company.vat_number}
    return {name: getattr(row, name) for name in plain} | about | {"capital": capital}
