"""What a currency was worth on a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from filo.foundation.ids import uuid7


class ExchangeRate(models.Model):
    """How much of a currency one euro bought, from a day on until the next rate (as the ECB publishes them)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    currency = models.CharField(max_length=3)
    day = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=6)
    source = models.CharField(max_length=40, default="ECB")

    objects: ClassVar[models.Manager[ExchangeRate]] = models.Manager()

    class Meta:
        ordering = ["currency", "-day"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "day"], name="exchange_rate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="exchange_rate_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.day}: {self.rate}"


class RateSource(models.Model):
    """Where rates are fetched from each day: the one row of the firm; none, or an empty address, and nobody is called.

    failures: how often in a row it did not work; failed_because: what was said the last time.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    url = models.CharField(max_length=2000, blank=True)
    asked_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failed_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager[RateSource]] = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="rate_source_one_row")]

    def __str__(self) -> str:
        return self.url
