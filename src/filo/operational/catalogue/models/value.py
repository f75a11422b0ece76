"""What products are found by: their attributes and values."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from filo.foundation.ids import uuid7
from filo.operational.catalogue.models.product import Product


class ProductValue(models.Model):
    """An attribute that a product or one of its variants has, for filters: `name` and `value` are folded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, db_index=False, related_name="+")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=120)
    said = models.CharField(max_length=120)

    objects: ClassVar[models.Manager[ProductValue]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["name", "value", "product"], name="product_value_sought")]
        constraints = [models.UniqueConstraint(fields=["product", "name", "value"], name="product_value_once")]
