"""Where things lie, how many there are and how many are promised."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7

MOVES = [
    ("count", pgettext_lazy("stock changed by", "Counting")),
    ("arrival", pgettext_lazy("stock changed by", "Arrival")),
    ("shipped", pgettext_lazy("stock changed by", "Shipment")),
    ("returned", pgettext_lazy("stock changed by", "Return")),
    ("moved", pgettext_lazy("stock changed by", "Move to another place")),
    ("import", pgettext_lazy("stock changed by", "Import")),
    ("back-office", pgettext_lazy("stock changed by", "Back office")),
    ("undo", pgettext_lazy("stock changed by", "Undoing")),
]


class StockPlace(models.Model):
    """A warehouse or a shop."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[StockPlace]] = models.Manager()

    class Meta:
        verbose_name = _("stock place")
        verbose_name_plural = _("stock places")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class Stock(models.Model):
    """How many of a variant are in a place, and how many of those are promised to orders.

    The constraints make it impossible to promise or ship what is not there, whoever asks at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    variant = models.ForeignKey("catalogue.Variant", models.CASCADE, db_index=False, related_name="stock")
    place = models.ForeignKey(StockPlace, models.PROTECT, related_name="+")
    on_hand = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    reserved = models.DecimalField(max_digits=14, decimal_places=3, default=0)
    # How old the figure is, where it comes from elsewhere.
    as_of = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[Stock]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["variant", "place"], name="stock_once"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_not_negative"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")), name="stock_promised_is_there"
            ),
        ]


class Reservation(models.Model):
    """What is promised to whom: `source` is an order. The sum of these is what `Stock.reserved` says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    variant = models.ForeignKey("catalogue.Variant", models.CASCADE, related_name="+")
    place = models.ForeignKey(StockPlace, models.PROTECT, db_index=False, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    source_kind = models.CharField(max_length=30)
    source_id = models.UUIDField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Reservation]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id", "variant", "place"], name="reservation_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_of_something"),
        ]


class StockMove(models.Model):
    """Why a stock is what it is: what came and went, and how many were there afterwards (`left`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    variant = models.ForeignKey("catalogue.Variant", models.CASCADE, db_index=False, related_name="+")
    place = models.ForeignKey(StockPlace, models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    left = models.DecimalField(max_digits=14, decimal_places=3)
    reason = models.CharField(max_length=12, choices=MOVES)
    note = models.CharField(max_length=200, blank=True)
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[StockMove]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["variant", "-at"], name="stock_moves_of_variant"),
            models.Index(fields=["-at", "-id"], name="stock_moves_latest"),
            models.Index(fields=["source_kind", "source_id"], name="stock_moves_of_source"),
        ]
