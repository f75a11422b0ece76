"""What law wants to know of a company that sells."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7
from filo.operational.invoices.fatturapa.codes import METHODS, REGIMES
from filo.operational.invoices.models.file import SENDING

ALONE = [("", _("Not said")), ("SU", _("One member")), ("SM", _("Several members"))]


class CompanyFiscal(models.Model):
    """Regime, register of firms, bank, and how its files reach the exchange.

    sender: whose number stands in names of files (empty: the company's own VAT number). recipient: its own address
    at the exchange, for what others send. series: what new invoices are counted under. way: how files leave unless
    somebody says otherwise. folder: its name under `invoices/` of the data directory (empty: the company's code).
    exchange_pec: where certified mail to the exchange goes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.OneToOneField("organisation.SellingCompany", models.CASCADE, related_name="+")
    tax_code = models.CharField(max_length=16, blank=True)
    regime = models.CharField(max_length=4, choices=list(REGIMES.items()), default="RF01")
    rea_office = models.CharField(max_length=2, blank=True)
    rea_number = models.CharField(max_length=20, blank=True)
    capital = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    alone = models.CharField(max_length=2, choices=ALONE, blank=True)
    winding_up = models.BooleanField(default=False)
    iban = models.CharField(max_length=34, blank=True)
    bank = models.CharField(max_length=80, blank=True)
    certified_mail = models.EmailField(blank=True)
    recipient = models.CharField(max_length=7, blank=True)
    sender_country = models.CharField(max_length=2, default="IT")
    sender = models.CharField(max_length=28, blank=True)
    series = models.CharField(max_length=6, blank=True)
    credit_series = models.CharField(max_length=6, blank=True)
    terms = models.CharField(max_length=40, default="30 FM", blank=True)
    method = models.CharField(max_length=4, choices=list(METHODS.items()), default="MP05")
    way = models.CharField(max_length=6, choices=SENDING, default="hand")
    folder = models.CharField(max_length=40, blank=True)
    exchange_pec = models.EmailField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[CompanyFiscal]] = models.Manager()

    class Meta:
        verbose_name = _("fiscal data")
        constraints = [
            models.CheckConstraint(condition=Q(regime__in=list(REGIMES)), name="fiscal_regime_known"),
            models.CheckConstraint(condition=Q(way__in=[code for code, _l in SENDING]), name="fiscal_way_known"),
        ]

    def __str__(self) -> str:
        return str(self.company)
