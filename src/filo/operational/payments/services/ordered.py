"""What a confirmed order makes owed before it is billed, where its terms say so; and what its invoices take of that.

A deposit is income when it comes in: whoever keeps the books bills it then (DPR 633/72, article 6, paragraph 4).
"""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.money import cents
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.orders import TOGETHER, asked_of
from filo.operational.orders.models import Order, Shipment
from filo.operational.payments.advance import ALL, advance_in
from filo.operational.payments.models import NOTHING, Due, Payment
from filo.operational.payments.services.changing import locked_payment
from filo.operational.payments.services.dues import credit_source, open_due
from filo.operational.payments.services.sharing import share_locked

KIND = "order"


def owe_advance(principal: Principal, order: Order, *, more: bool = True) -> None:
    """So much is owed of an order before it is billed as its terms say; nothing of one that is no longer confirmed.

    more: whether more may be owed by it; else it can only become less. Saying it again changes nothing. What was paid
    of it stays paid. Raises `Forbidden`.
    """
    with transaction.atomic():
        list(Order.objects.select_for_update(of=("self",)).filter(pk=order.pk))
        covered = sum((due.amount - due.credited for due in _dues(order.pk)), NOTHING)
        rest = _wanted(order) - covered
        if rest > 0 and more:
            named = "Ordine" if order.language == "it" else "Order"
            open_due(
                principal,
                party=order.bill_party or order.party,
                company=order.company,
                document=f"{named} {order.name}",
                document_on=clock.today(),
                due_on=clock.today(),
                amount=rest,
                kind=KIND,
                source_id=order.pk,
                position=len(_dues(order.pk)) + 1,
                currency=order.currency,
                owner_id=order.owner_id,
                unit_id=order.unit_id,
            )
        elif rest < 0:
            credit_source(principal, kind=KIND, source_id=order.pk, amount=-rest)


def move_to_invoice(principal: Principal, invoice: Invoice) -> None:
    """What was paid on the order pays its invoice; of the deposit that is still open no more is asked than is unbilled.

    Saying it again changes nothing. Raises `Forbidden`.
    """
    with transaction.atomic():
        for order in orders_of(invoice):
            paid = Payment.objects.filter(shares__due__kind=KIND, shares__due__source_id=order.pk)
            for payment in Payment.objects.filter(pk__in=set(paid.values_list("pk", flat=True))).order_by("pk"):
                _move(principal, locked_payment(payment), order.pk, invoice.pk)
            owe_advance(principal, order, more=False)


def orders_of(invoice: Invoice) -> list[Order]:
    """The orders that an invoice was made of, in whole or by shipments, as they are locked."""
    rows = Order.objects.select_related("party", "bill_party", "company").order_by("pk")
    if invoice.source_kind == TOGETHER:
        left_with = invoice.lines.exclude(shipment=None).values("shipment")
        return list(rows.filter(pk__in=Shipment.objects.filter(pk__in=left_with).values("order")))
    if invoice.source_id is None or invoice.source_kind not in ("order", "shipment"):
        return []
    made_of = {"pk": invoice.source_id} if invoice.source_kind == "order" else {"shipments__pk": invoice.source_id}
    return list(rows.filter(**made_of))


def _wanted(order: Order) -> Decimal:
    """The deposit, as far as it is not billed yet; what was bought in the shop is owed whole, however it is paid."""
    if order.state in ("draft", "cancelled"):
        return NOTHING
    percent = ALL if order.source == "shop" else advance_in(order.payment_terms)
    whole = cents(order.total * percent / ALL, order.currency)
    return max(NOTHING, min(whole, order.total - asked_of(order)))


def _dues(order_id: UUID) -> list[Due]:
    return list(Due.objects.filter(kind=KIND, source_id=order_id).order_by("position"))


def _move(principal: Principal, payment: Payment, order_id: UUID, invoice_id: UUID) -> None:
    """From the order's dues to those of the invoice, as much as those take; what is left of it stays on the order."""
    wanted = {share.due_id: share.amount for share in payment.shares.all()}
    mine = {due.pk for due in _dues(order_id)}
    moved = NOTHING
    for due in Due.objects.filter(kind="invoice", source_id=invoice_id).order_by("position"):
        left = due.left
        for key in [key for key in wanted if key in mine]:
            part = min(left, wanted[key])
            if part > 0:
                wanted[key] -= part
                wanted[due.pk] = wanted.get(due.pk, NOTHING) + part
                left, moved = left - part, moved + part
    if moved:
        share_locked(principal, payment, wanted)
        credit_source(principal, kind=KIND, source_id=order_id, amount=moved)
