"""The invoices of an order, and what of it is not billed yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.money import ZERO, cents
from filo.operational.invoices.models import Invoice, InvoiceLine
from filo.operational.orders.models import Order, Shipment
from filo.operational.prices.document import DocumentLine

# Samples, loans and what replaces something leave with a delivery note too, and are not asked for.
BILLED_CAUSE = "sale"
# What an invoice of several deliveries was made of: its lines say of which each is.
TOGETHER = "shipments"


@dataclass(frozen=True)
class Billing:
    """How far an order is billed: its invoices that one may see, and what can be billed with one click."""

    invoices: list[Invoice]
    whole: bool
    shipments: list[Shipment]


def bills_of(order: Order) -> QuerySet[Invoice]:
    """All invoices that were made of an order or of its shipments, also with those of others, the oldest first."""
    shipments = Shipment.objects.filter(order=order.pk).values("pk")
    made = Q(source_kind="order", source_id=order.pk) | Q(source_kind="shipment", source_id__in=shipments)
    made |= Q(source_kind=TOGETHER, pk__in=InvoiceLine.objects.filter(shipment__in=shipments).values("invoice"))
    return Invoice.objects.filter(made, direction="issued", credits=None).order_by("created_at", "id")


# The same as `is_given_back`, asked of the database.
GIVEN_BACK = ~Q(state="draft") & Q(payable__gt=0, credited__gte=F("payable"))


def is_given_back(invoice: Invoice) -> bool:
    """Whether credit notes took all of it back, so that what it billed may be billed anew."""
    return not invoice.is_draft and invoice.payable > 0 and invoice.credited >= invoice.payable


def article_of(line: DocumentLine) -> str:
    """By what a line of an order is found again on its invoices."""
    return line.code or line.description


def billed_by(invoices: Sequence[Invoice], order: Order) -> dict[str, Decimal]:
    """How many of each article of an order these invoices ask for, less what credit notes took back."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in _lines_of(invoices, order):
        found[article_of(line)] += line.quantity
    for line in _credited_of(invoices, order):
        found[article_of(line)] -= line.quantity
    return found


def _lines_of(invoices: Sequence[Invoice], order: Order) -> QuerySet[InvoiceLine]:
    mine = ~Q(invoice__source_kind=TOGETHER) | Q(shipment__order=order.pk)
    return InvoiceLine.objects.filter(mine, invoice__in=invoices)


def _credited_of(invoices: Sequence[Invoice], order: Order) -> QuerySet[InvoiceLine]:
    mine = ~Q(invoice__credits__source_kind=TOGETHER) | Q(shipment__order=order.pk)
    return InvoiceLine.objects.filter(mine, invoice__credits__in=invoices).exclude(invoice__state="draft")


def asked_of(order: Order) -> Decimal:
    """What the invoices that were issued ask for of an order, VAT included, less what was credited; in its currency."""
    bills = list(bills_of(order).exclude(state="draft"))
    together = [one for one in bills if one.source_kind == TOGETHER]
    alone = sum((one.payable - one.credited for one in bills if one.source_kind != TOGETHER), ZERO)
    if not together:
        return alone
    asked = sum((_with_vat(line, order) for line in _lines_of(together, order)), ZERO)
    credited = sum((_with_vat(line, order) for line in _credited_of(together, order)), ZERO)
    return alone + asked - credited


def _with_vat(line: InvoiceLine, order: Order) -> Decimal:
    return line.amount if order.gross else cents(line.amount * (100 + line.vat_rate) / 100, order.currency)


def is_billed(shipment: Shipment, standing: Sequence[Invoice]) -> Invoice | None:
    """The invoice among those of its order that asks for it, if one does."""
    lines = InvoiceLine.objects.filter(invoice__in=standing, shipment=shipment.pk)
    by_line = set(lines.values_list("invoice", flat=True))
    whole = (one for one in standing if one.source_kind == "order" or one.source_id == shipment.pk)
    return next(whole, None) or next((one for one in standing if one.pk in by_line), None)


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
    if any(one.source_kind == TOGETHER for one in standing):
        billed |= set(InvoiceLine.objects.filter(invoice__in=standing).values_list("shipment", flat=True))
    sold = order.shipments.filter(cause=BILLED_CAUSE).order_by("shipped_at", "id")
    left = [one for one in sold if one.pk not in billed]
    return Billing(seen, whole=not standing, shipments=left if standing or order.state != "delivered" else [])
