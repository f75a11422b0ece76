"""Files of banks, and what became of each of their lines."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.payments.models.due import Due
from filo.operational.payments.models.payment import Payment
from filo.operational.payments.models.words import LINE_STATES
from filo.operational.payments.policies import BANKFILE_SEEN


class BankFileQuerySet(models.QuerySet["BankFile"]):
    """Files of banks; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see."""
        return self.filter(BANKFILE_SEEN.rows(principal))


class BankFile(models.Model):
    """sha256: of the file, so that the same is never read in twice for a company. again: lines of it that had come in
    another file already. refused: lines that were not booked, with their number and why: they could not be read, or
    are left out because they book nothing (`words.LINES_LEFT_OUT`). doubtful_day: see `Read`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    again = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    doubtful_day = models.DateField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[BankFile]] = models.Manager.from_queryset(BankFileQuerySet)()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["company", "sha256"], name="bank_file_once")]

    def __str__(self) -> str:
        return self.name


class BankLine(models.Model):
    """key: of what the line says and how often the file says it, so that files that overlap count once. due,
    probability, reasons: what is proposed, how sure it is, and the codes of why. payment: what was made of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.ForeignKey(BankFile, models.CASCADE, db_index=False, related_name="lines")
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    booked_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="EUR")
    text = models.CharField(max_length=1000, blank=True)
    counterparty = models.CharField(max_length=200, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    state = models.CharField(max_length=8, choices=LINE_STATES, default="unknown")
    due = models.ForeignKey(Due, models.SET_NULL, null=True, related_name="+")
    probability = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    payment = models.ForeignKey(Payment, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[BankLine]] = models.Manager()

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["file", "position"], name="bank_line_in_order"),
            models.Index(fields=["iban"], name="bank_line_by_iban", condition=Q(state="matched")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["company", "key"], name="bank_line_once"),
            models.CheckConstraint(condition=~Q(state="matched") | Q(payment__isnull=False), name="bank_line_matched"),
        ]
