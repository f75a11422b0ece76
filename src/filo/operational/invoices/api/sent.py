"""From what is sent about invoices to what verbs take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.money import cents
from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.api.bodies import InvoiceLineBody
from filo.operational.invoices.models import Invoice, InvoiceLine
from filo.operational.invoices.services import LineFacts
from filo.operational.parties.models import Party


def facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent besides who buys, who sells, and what."""
    found = {name: value for name, value in given.items() if name not in ("party", "company", "lines")}
    if notes := found.get("deliveries"):
        found["deliveries"] = [(one["number"], one["day"]) for one in notes]
    return found


def lines(sent: Sequence[InvoiceLineBody], invoice: Invoice | None = None) -> list[LineFacts]:
    """The lines that were sent; one that stands keeps its article and its part of a coupon. Raises `InvalidFields`."""
    standing = {line.pk: line for line in invoice.lines.all()} if invoice else {}
    problems: dict[str, Any] = {}
    found = []
    for place, line in enumerate(sent):
        old = standing.pop(line.id, None) if line.id else None
        if line.id and old is None:
            problems[f"lines.{place}.id"] = no_such_line(line.id)
            continue
        kept = _kept(old, line.quantity, invoice.currency) if old and invoice else {}
        found.append(LineFacts(**line.model_dump(exclude={"id"}), **kept))
    if problems:
        raise InvalidFields(problems)
    return found


def _kept(old: InvoiceLine, quantity: Decimal, currency: str) -> dict[str, Any]:
    off = cents(old.off * quantity / old.quantity, currency) if old.quantity else old.off
    same = ("variant_id", "cost", "reasons", "shipment_id")
    return {name: getattr(old, name) for name in same} | {"off": off}


def no_such_line(line_id: UUID) -> str:
    """The sentence for a line that is not on the invoice."""
    return _("This invoice has no line %(id)s.") % {"id": line_id}


def quantities(invoice: Invoice, sent: Mapping[UUID, Decimal] | None) -> Mapping[UUID, Decimal] | None:
    """How much of each line is given back; None: all of it. Raises `InvalidFields`."""
    if sent is None:
        return None
    known = {line.pk for line in invoice.lines.all()}
    if problems := {f"lines.{key}": no_such_line(key) for key in sent if key not in known}:
        raise InvalidFields(dict(problems))
    return sent


def party(principal: Principal, party_id: UUID) -> Party:
    """The customer that was named, if the caller sees him. Raises `InvalidFields`."""
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def own_company(principal: Principal, code: str) -> SellingCompany:
    """The company of a code, if the caller works in it. Raises `InvalidFields`."""
    found = company(code)
    if principal.company_ids is not None and found.pk not in principal.company_ids:
        raise InvalidFields({"company": _("You do not work in this company.")})
    return found


def company(code: str) -> SellingCompany:
    """The company of a code. Raises `InvalidFields`."""
    found = SellingCompany.objects.filter(code=code).first()
    if found is None:
        raise InvalidFields({"company": _("Choose the company that sells.")})
    return found
