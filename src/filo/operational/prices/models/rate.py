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
