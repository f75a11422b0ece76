"""A code that takes something off, as often as it says."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7
from filo.operational.prices.models.scoped import Scoped, ScopedQuerySet


class Coupon(Scoped):
    """percent, or amount in `currency`, off the whole, with VAT where the basket's prices hold it (10 euro are 10 euro
    to whoever reads them on a card). limit: how often in all (empty: without end). series: those made at once.

    used counts what was taken; the constraint and a conditional update hold the limit, whoever tries at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40)
    code_folded = models.CharField(max_length=40, unique=True, editable=False)
    name = models.CharField(max_length=120, blank=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    min_total = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    limit = models.PositiveIntegerField(null=True, blank=True)
    once_each = models.BooleanField(default=True)
    series = models.CharField(max_length=60, blank=True)
    used = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Coupon]] = models.Manager.from_queryset(ScopedQuerySet["Coupon"])()

    class Meta(Scoped.Meta):
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        ordering = ["-created_at", "-id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(
                condition=Q(percent__gt=0, percent__lte=100, amount=None) | Q(percent=None, amount__gt=0),
                name="coupon_percent_or_amount",
            ),
            models.CheckConstraint(condition=Q(limit=None) | Q(used__lte=F("limit")), name="coupon_within_limit"),
        ]

    def __str__(self) -> str:
        return self.code


class CouponUse(models.Model):
    """Where a coupon was used; the row goes when what it was used for is given up. once: it is for once each.

    percent, amount, currency, min_total: what it promised when it was used, whatever becomes of the coupon since; an
    empty currency is that of a use from before these were kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    coupon = models.ForeignKey(Coupon, models.PROTECT, db_index=False, related_name="uses")
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    source_kind = models.CharField(max_length=20)
    source_id = models.UUIDField()
    at = models.DateTimeField()
    once = models.BooleanField(default=False)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    min_total = models.DecimalField(max_digits=14, decimal_places=2, default=0)

    objects: ClassVar[models.Manager[CouponUse]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["source_id"], name="coupon_use_of_source")]
        constraints = [
            models.UniqueConstraint(fields=["coupon", "source_kind", "source_id"], name="coupon_use_once"),
            models.UniqueConstraint(
                fields=["coupon", "party"], condition=Q(once=True, party__isnull=False), name="coupon_use_once_each"
            ),
        ]
