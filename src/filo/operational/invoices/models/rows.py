"""What an invoice is made of: lines, sums by rate, and the days on which it is to be paid."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models

from filo.foundation.ids import uuid7
from filo.operational.invoices.models.invoice import Invoice
from filo.operational.prices.document import DocumentLine


class InvoiceLine(DocumentLine):
    """A line; `withheld`: whether withholding is on it, in what was received. shipment: with which it left, where it
    bills a delivery.
    """

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines")
    withheld = models.BooleanField(default=False)
    shipment = models.ForeignKey("orders.Shipment", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[InvoiceLine]] = models.Manager()

    class Meta(DocumentLine.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.description


class InvoiceTax(models.Model):
    """What falls under a rate, as it was reckoned when the invoice was issued."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="taxes")
    rate = models.DecimalField(max_digits=5, decimal_places=2)
    nature = models.CharField(max_length=4, blank=True)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    vat = models.DecimalField(max_digits=14, decimal_places=2)
    due = models.CharField(max_length=1, blank=True)
    law = models.CharField(max_length=100, blank=True)

    objects: ClassVar[models.Manager[InvoiceTax]] = models.Manager()

    class Meta:
        ordering = ["-rate", "nature"]

    def __str__(self) -> str:
        return f"{self.rate} {self.nature}".strip()


class InvoiceDue(models.Model):
    """How much is to be paid on a day; `paid` is kept by who books payments."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="dues")
    day = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    method = models.CharField(max_length=4, default="MP05")
    iban = models.CharField(max_length=34, blank=True)

    objects: ClassVar[models.Manager[InvoiceDue]] = models.Manager()

    class Meta:
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.day}: {self.amount}"
