"""The last number that was given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from filo.foundation.ids import uuid7


class Counter(models.Model):
    """One row for each company, series and year; it is locked from the giving of a number to the commit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager[Counter]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "series", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"
