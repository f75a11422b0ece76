"""Pictures of products and of their variants."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from filo.foundation.ids import uuid7
from filo.operational.catalogue.models.product import Product
from filo.operational.catalogue.models.variant import Variant


class ProductImage(models.Model):
    """A picture of a product, or of one variant of it; the first is the one that lists show."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="images")
    variant = models.ForeignKey(Variant, models.SET_NULL, null=True, blank=True, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[ProductImage]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
