"""Invoices and their dues: issued, they are owed; credited, less is; what is paid of them is noted on them."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from filo.foundation.access.principal import system
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.operational.invoices.events import InvoiceIssued, InvoiceTakenIn
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import note_paid
from filo.operational.payments.events import DueChanged, DueReopened
from filo.operational.payments.models import Due
from filo.operational.payments.services.billed import credit_the_rest, owe_invoice
from filo.operational.payments.services.ordered import move_to_invoice

BOOKS = system("payments")


@on(InvoiceIssued)
def owe_what_is_issued(event: InvoiceIssued, _meta: EventMeta) -> None:
    """Each of its days is a due; a credit note takes off what is open of the invoice that it credits."""
    invoice = Invoice.objects.select_related("party", "company", "credits").filter(pk=event.invoice).first()
    if invoice is not None:
        owe_invoice(BOOKS, invoice)
        move_to_invoice(BOOKS, invoice)


@on(InvoiceTakenIn)
def owe_what_another_program_issued(event: InvoiceTakenIn, _meta: EventMeta) -> None:
    """One of ours that was issued elsewhere is paid here all the same."""
    if event.direction == "issued":
        invoice = Invoice.objects.select_related("party", "company", "credits").filter(pk=event.invoice).first()
        if invoice is not None:
            owe_invoice(BOOKS, invoice)


@on(DueReopened)
def owe_nothing_of_what_is_credited(event: DueReopened, _meta: EventMeta) -> None:
    """What was paid of a credited invoice and given back is not owed again."""
    invoice = Invoice.objects.filter(pk=event.source).first() if event.kind == "invoice" else None
    if invoice is not None:
        credit_the_rest(BOOKS, invoice)


@on(DueChanged)
def note_on_the_invoice(event: DueChanged, _meta: EventMeta) -> None:
    """So much of it is paid in all."""
    invoice = Invoice.objects.filter(pk=event.source).first() if event.kind == "invoice" else None
    if invoice is not None:
        whole = Due.objects.filter(kind="invoice", source_id=invoice.pk).aggregate(all=Sum("paid"))["all"]
        note_paid(BOOKS, invoice, whole or Decimal(0))
