"""A credit note: in whole or in part, never more than is left (DPR 633/72, article 26)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError, InvalidFields
from filo.operational.invoices.models import Invoice, InvoiceLine
from filo.operational.invoices.services.drafting import TENDERS, draft_invoice
from filo.operational.invoices.services.lines import LineFacts


def draft_credit(
    principal: Principal, invoice: Invoice, *, quantities: Mapping[UUID, Decimal] | None = None, cause: str = ""
) -> Invoice:
    """A draft that takes back lines of an invoice: all of them, or so much of each as is said.

    It has the terms of the invoice. Raises `Forbidden`, `InvalidFields`, `DomainError`.
    """
    if invoice.is_draft or invoice.is_credit or invoice.direction != "issued" or invoice.party is None:
        raise DomainError(_("Credit is given on an invoice that was issued to a customer."), code="not-creditable")
    if invoice.payable <= invoice.credited:
        raise DomainError(_("This invoice is credited as a whole already."), code="credited")
    rows = list(invoice.lines.all())
    lines = [_line(row, row.quantity if quantities is None else quantities.get(row.id, Decimal(0))) for row in rows]
    kept = [line for line in lines if line.quantity > 0]
    if not kept:
        raise InvalidFields({"lines": _("Say how much of a line is given back.")})
    same = ("gross", "currency", "vat_due", "held_kind", "held_rate", "held_cause", "held_base", "fund_kind")
    more = ("fund_rate", "fund_vat_rate", "fund_nature", "fund_withheld", "stamp_charged", "cig", "cup")
    facts = {name: getattr(invoice, name) for name in (*same, *more)}
    if not invoice.is_ours:
        facts |= {name: "" for name, signs in TENDERS.items() if len(facts[name]) != signs}
    return draft_invoice(
        principal,
        party=invoice.party,
        company=invoice.company,
        lines=kept,
        type="TD04",
        credits=invoice,
        owner_id=invoice.owner_id,
        unit_id=invoice.unit_id,
        terms="",
        cause=cause or _("Credit on invoice %(number)s") % {"number": invoice.number},
        **facts,
    )


def _line(row: InvoiceLine, quantity: Decimal) -> LineFacts:
    if not quantity.is_finite() or not 0 <= quantity <= row.quantity:
        told = _("Line %(number)s: no more than %(most)s can be given back.")
        raise InvalidFields({"lines": told % {"number": row.position, "most": f"{row.quantity.normalize():f}"}})
    part = quantity / row.quantity if row.quantity else Decimal(1)
    return LineFacts(
        description=row.description,
        quantity=quantity,
        unit_price=row.unit_price,
        vat_rate=row.vat_rate,
        nature=row.nature,
        discounts=row.discounts,
        unit=row.unit,
        code=row.code,
        off=(row.off * part).quantize(Decimal("0.01")),
        variant_id=row.variant_id,
        cost=row.cost,
        shipment_id=row.shipment_id,
    )
