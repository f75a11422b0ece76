"""What goes with what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7
from filo.operational.catalogue.models.product import Product

RELATIONS = [
    ("accessory", pgettext_lazy("a product goes with another as", "Accessory")),
    ("alternative", pgettext_lazy("a product goes with another as", "Alternative")),
    ("better", pgettext_lazy("a product goes with another as", "A step up")),
    ("successor", pgettext_lazy("a product goes with another as", "Successor")),
]


class ProductRelation(models.Model):
    """What goes with what."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="relations")
    other = models.ForeignKey(Product, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RELATIONS)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[ProductRelation]] = models.Manager()

    class Meta:
        ordering = ["kind", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "other", "kind"], name="product_relation_once"),
            models.CheckConstraint(condition=~Q(product=F("other")), name="product_not_its_own"),
        ]
