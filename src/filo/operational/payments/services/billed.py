"""What an issued invoice, or a credit note, changes of what is owed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from filo.foundation.access.principal import Principal
from filo.operational.invoices.models import Invoice
from filo.operational.payments.models import NOTHING, Due
from filo.operational.payments.services.changing import locked_dues
from filo.operational.payments.services.dues import credit_source, open_due


def owe_invoice(principal: Principal, invoice: Invoice) -> None:
    """Each of its days is a due, opened once; a credit note takes off what is open of the invoice that it credits.

    Saying it again changes nothing. Raises `Forbidden`.
    """
    if invoice.party is None or invoice.direction != "issued":
        return
    if invoice.credits is not None:
        credit_the_rest(principal, invoice.credits)
    if invoice.credits is not None or invoice.is_credit:
        return
    named = "Fattura" if invoice.language == "it" else "Invoice"
    for position, (day, amount) in enumerate(_days(invoice), start=1):
        if amount > 0:
            open_due(
                principal,
                party=invoice.party,
                company=invoice.company,
                document=f"{named} {invoice.number}",
                document_on=invoice.date or day,
                due_on=day,
                amount=amount,
                kind="invoice",
                source_id=invoice.pk,
                position=position,
                currency=invoice.currency,
                owner_id=invoice.owner_id,
                unit_id=invoice.unit_id,
            )
    credit_the_rest(principal, invoice)


def _days(invoice: Invoice) -> list[tuple[date, Decimal]]:
    """When how much of it is to be paid; one of another program that names no days is owed whole by its own."""
    found = [(due.day, due.amount) for due in invoice.dues.order_by("day", "id")]
    day = invoice.due_on or invoice.date
    return found or ([(day, invoice.payable)] if day else [])


def credit_the_rest(principal: Principal, invoice: Invoice) -> None:
    """Take off its dues what credit notes took off the invoice and could not while it was paid.

    Saying it again changes nothing. Raises `Forbidden`.
    """
    dues = Due.objects.filter(kind="invoice", source_id=invoice.pk)
    with transaction.atomic():
        locked_dues(dues.values_list("pk", flat=True))
        rest = invoice.credited - (dues.aggregate(all=Sum("credited"))["all"] or NOTHING)
        if rest > 0:
            credit_source(principal, kind="invoice", source_id=invoice.pk, amount=rest)
