"""A draft is thrown away, and comes back as it was; what was issued stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Field, ForeignKey
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.policies import INVOICE_EDITED
from filo.operational.invoices.queries.orders import is_billed
from filo.operational.invoices.services.drafting import locked_draft, store_draft
from filo.operational.invoices.services.lines import LineFacts, again, told_lines
from filo.operational.invoices.services.orders import standing_of
from filo.operational.orders.models import Order, Shipment
from filo.operational.parties.models import Party

# What is reckoned anew, or is another's to say, when it comes back; and what no draft has.
_LEFT = {
    *("id", "state", "direction", "year", "serial", "number", "buyer", "seller", "counterpart", "version"),
    *("net", "vat", "total", "stamp", "fund", "held", "payable", "paid", "credited", "due_on", "file_id"),
    *("issued_at", "rejected_at", "euro_rate", "euro_rate_on"),
}
KEPT = [field for field in Invoice._meta.concrete_fields if field.attname not in _LEFT]


def delete_draft(principal: Principal, invoice: Invoice) -> None:
    """Throw a draft away; all of it is kept in the audit. Raises `Forbidden`, `IssuedIsFinal`."""
    with transaction.atomic():
        locked = locked_draft(principal, invoice)
        kept = {field.attname: getattr(locked, field.attname) for field in KEPT}
        kept |= {"version": locked.version, "lines": told_lines(locked)}
        changes = {"total": (locked.total, None), "party_id": (locked.party_id, None), "draft": (kept, None)}
        record(principal, "invoice.delete", kind="invoice", object_id=locked.id, changes=changes)
        locked.delete()


def bring_back(principal: Principal, invoice_id: UUID, kept: Mapping[str, Any]) -> Invoice:
    """The draft as `delete_draft` kept it, with what it comes to reckoned anew.

    Raises `Forbidden`, and `DomainError` where its customer is gone or what it asks for was billed meanwhile.
    """
    principal.require("invoice", "create")
    with transaction.atomic():
        found = Invoice(id=invoice_id, version=kept["version"] + 1)
        for field in KEPT:
            if field.attname in kept:  # a column may be younger than what was kept
                setattr(found, field.attname, _again(field, kept[field.attname]))
        if not INVOICE_EDITED.allows(principal, found):
            raise Forbidden
        if found.party_id is None or not _is_there(principal, found.party_id):
            raise DomainError(_("Its customer is not there any more."), code="customer-gone")
        lines = again(kept["lines"])
        _refuse_what_was_billed(found, lines)
        store_draft(found, lines, new=True)
        changes = {"total": (None, found.total), "party_id": (None, found.party_id), "version": (None, found.version)}
        record(principal, "invoice.bring-back", kind="invoice", object_id=found.id, changes=changes)
    return found


def _is_there(principal: Principal, party_id: UUID) -> bool:
    return Party.objects.visible_to(principal).filter(pk=party_id, deleted_at=None).exists()


def _again(field: Field[Any, Any], kept: Any) -> Any:
    """The value as a column has it; what was pointed at may be gone."""
    value = field.to_python(kept)
    if value is None or not isinstance(field, ForeignKey):
        return value
    return value if field.related_model._base_manager.filter(pk=value).exists() else None


def _refuse_what_was_billed(found: Invoice, lines: Sequence[LineFacts]) -> None:
    """Its orders are locked, as by those who bill them. Raises `DomainError`."""
    if found.credits is not None and found.credits.payable <= found.credits.credited:
        raise DomainError(_("This invoice is credited as a whole already."), code="credited")
    shipments = _shipments_of(found, lines)
    orders = {one.order_id: one.order for one in shipments}
    if found.source_kind == "order" and found.source_id is not None:
        orders |= {order.pk: order for order in Order.objects.filter(pk=found.source_id)}
    for key, order in sorted(orders.items()):
        _locked, standing = standing_of(order)
        taken = standing if found.source_kind == "order" else []
        if taken or any(is_billed(one, standing) for one in shipments if one.order_id == key):
            raise DomainError(_("What it asks for was billed meanwhile."), code="billed")


def _shipments_of(found: Invoice, lines: Sequence[LineFacts]) -> list[Shipment]:
    if found.credits_id is not None:
        return []
    ids = {line.shipment_id for line in lines if line.shipment_id}
    if found.source_kind == "shipment" and found.source_id:
        ids.add(found.source_id)
    return list(Shipment.objects.filter(pk__in=ids).select_related("order"))
