"""Who carries parcels, and how many working days are promised."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import quote

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

PROMISED_DAYS = 3
MOST_DAYS = 250


class Carrier(models.Model):
    """A courier. tracking: the address of a parcel's page, with `{number}` where the tracking number stands.

    address: who it is and where, in one line, as delivery notes have to say (DPR 472/96, article 1, paragraph 3).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    address = models.CharField(max_length=200, blank=True)
    tracking = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Carrier]] = models.Manager()

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def link(self, number: str) -> str:
        """The page of a parcel, if the carrier has such pages."""
        return self.tracking.replace("{number}", quote(number, safe="")) if self.tracking and number else ""


class OrderPromise(models.Model):
    """Within how many working days goods of a company arrive."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.OneToOneField("organisation.SellingCompany", models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField(default=PROMISED_DAYS)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[OrderPromise]] = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__lte=MOST_DAYS), name="order_promise_within_a_year")]
