"""The invoices of an order, and what of it is not billed yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.operational.invoices.models import Invoice, InvoiceLine
from filo.operational.orders.models import Order, Shipment
from filo.operational.prices.document import DocumentLine

# Samples, loans and what replaces something leave with a delivery note too, and are not asked for.
BILLED_CAUSE = "sale"


@dataclass(frozen=True)
class Billing:
    """How far an order is billed: its invoices that one may see, and what can be billed with one click."""

    invoices: list[Invoice]
    whole: bool
    shipments: list[Shipment]


def bills_of(order: Order) -> QuerySet[Invoice]:
    """All invoices that were made of an order or of its shipments, the oldest first."""
    shipments = Shipment.objects.filter(order=order.pk).values("pk")
    made = Q(source_kind="order", source_id=order.pk) | Q(source_kind="shipment", source_id__in=shipments)
    return Invoice.objects.filter(made, direction="issued", credits=None).order_by("created_at", "id")


def is_given_back(invoice: Invoice) -> bool:
    """Whether credit notes took all of it back, so that what it billed may be billed anew."""
    return not invoice.is_draft and invoice.payable > 0 and invoice.credited >= invoice.payable


def article_of(line: DocumentLine) -> str:
    """By what a line of an order is found again on its invoices."""
    return line.code or line.description


def billed_by(invoices: Sequence[Invoice]) -> Mapping[str, Decimal]:
    """How many of each article these invoices ask for, less what credit notes took back."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in InvoiceLine.objects.filter(invoice__in=invoices):
        found[article_of(line)] += line.quantity
    for line in InvoiceLine.objects.filter(invoice__credits__in=invoices).exclude(invoice__state="draft"):
        found[article_of(line)] -= line.quantity
    return found


def billing_of(principal: Principal, order: Order) -> Billing:
    """For the page of an order."""
    seen = list(
        Invoice.objects.visible_to(principal).filter(pk__in=bills_of(order).values("pk")).order_by("created_at", "id")
    )
    if order.state in ("draft", "cancelled") or not principal.may("invoice", "create"):
        return Billing(seen, whole=False, shipments=[])
    standing = [one for one in bills_of(order) if not is_given_back(one)]
    if any(one.source_kind == "order" for one in standing):
        return Billing(seen, whole=False, shipments=[])
    billed = {one.source_id for one in standing}
    sold = order.shipments.filter(cause=BILLED_CAUSE).order_by("shipped_at", "id")
    left = [one for one in sold if one.pk not in billed]
    return Billing(seen, whole=not standing, shipments=left if standing or order.state != "delivered" else [])
