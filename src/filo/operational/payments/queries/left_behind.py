"""Rows that an earlier version left: what is owed and does not agree with the invoice or the order that it is of.

Each is what the verbs of today would not leave, so that saying the verb again mends it.
"""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from filo.foundation import clock
from filo.operational.invoices.fatturapa.codes import CREDITS
from filo.operational.invoices.models import Invoice
from filo.operational.orders.models import Order
from filo.operational.payments.models import Due

FRESH = timedelta(hours=1)  # what follows from an invoice may be under way still


def credited_and_owed() -> QuerySet[Invoice]:
    """Invoices of which is still owed what a credit note took off: a refund after it had it owed again."""
    dues = Due.objects.filter(kind="invoice", source_id=OuterRef("pk")).order_by().values("source_id")
    taken_off = dues.annotate(all=Sum("credited")).values("all")
    owed = Due.objects.unpaid().filter(kind="invoice").values("source_id")
    rows = Invoice.objects.filter(pk__in=owed, credited__gt=0).order_by("pk")
    return rows.annotate(taken_off=Subquery(taken_off)).filter(credited__gt=F("taken_off"))


def issued_and_not_owed() -> QuerySet[Invoice]:
    """Invoices of ours, most of them of another program, that nobody was asked to pay. One that says that something of
    it was paid is left to a person.
    """
    dues = Due.objects.filter(kind="invoice", source_id=OuterRef("pk"))
    rows = Invoice.objects.filter(direction="issued", credits=None, party__isnull=False, paid=0, payable__gt=0)
    rows = rows.exclude(state="draft").exclude(type__in=CREDITS).filter(payable__gt=F("credited"))
    rows = rows.annotate(since=Coalesce("issued_at", "created_at")).filter(since__lt=clock.now() - FRESH)
    return rows.filter(~Exists(dues)).order_by("pk")


def called_off_and_owed() -> QuerySet[Order]:
    """Orders that are called off, or drafts again, of which a deposit is owed: a refund had it owed again."""
    owed = Due.objects.unpaid().filter(kind="order").values("source_id")
    return Order.objects.filter(pk__in=owed, state__in=("draft", "cancelled")).order_by("pk")
