"""A variant is what has a code (SKU), a price, a cost and a stock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7
from filo.foundation.ordered import OrderedValuesField
from filo.operational.catalogue.models.product import Product


class Variant(models.Model):
    """What is ordered, priced and kept: one for a product that has no variants.

    sku: as it was written; sku_folded: the same for comparing (no two alike). values: `{"size": "M", "colour":
    "blue"}`. price: the base price of one unit, without VAT, in the company's currency, before any list; cost: what
    one unit costs the firm.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.PROTECT, related_name="variants")
    sku = models.CharField(max_length=60)
    sku_folded = models.CharField(max_length=60, unique=True, editable=False)
    barcode = models.CharField(max_length=20, blank=True)
    values = OrderedValuesField(default=dict, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    cost = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    weight = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Variant]] = models.Manager()

    class Meta:
        verbose_name = _("variant")
        verbose_name_plural = _("variants")
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["barcode"], name="variant_by_barcode", condition=~Q(barcode=""))]
        constraints = [
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="variant_price_not_negative"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="variant_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return self.sku

    @property
    def told(self) -> str:
        """What sets it apart from its siblings: M, blue."""
        return ", ".join(str(value) for value in self.values.values() if value)
