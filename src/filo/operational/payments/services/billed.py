"""What an issued invoice, or a credit note, changes of what is owed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Sum

from filo.foundation.access.principal import Principal
from filo.operational.invoices.models import Invoice
from filo.operational.payments.models import NOTHING, Due
from filo.operational.payments.services.changing import locked_dues
from filo.operational.payments.services.dues import credit_source, open_due


def owe_invoice(principal: Principal, invoice: Invoice) -> None:
    """Each of its days is a due, opened once; a credit note takes off what is open of the invoice that it credits."""
    if invoice.party is None or invoice.direction != "issued":
        return
    if invoice.credits is not None:
        if amount := abs(invoice.payable):
            credit_source(principal, kind="invoice", source_id=invoice.credits.pk, amount=amount)
        return
    named = "Fattura" if invoice.language == "it" else "Invoice"
    for position, due in enumerate(invoice.dues.order_by("day", "id"), start=1):
        if due.amount > 0:
            open_due(
                principal,
                party=invoice.party,
                company=invoice.company,
                document=f"{named} {invoice.number}",
                document_on=invoice.date or due.day,
                due_on=due.day,
                amount=due.amount,
                kind="invoice",
                source_id=invoice.pk,
                position=position,
                currency=invoice.currency,
                owner_id=invoice.owner_id,
                unit_id=invoice.unit_id,
            )


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
