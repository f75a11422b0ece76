"""A picture that a list of products named by its address, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from filo.foundation.ids import uuid7
from filo.operational.catalogue.models.product import Product

# On its way; here, or wanted no longer; it did not come.
ASKED, DONE, FAILED = "asked", "done", "failed"


class WantedPicture(models.Model):
    """address: where it lies in the web; words: what is on it; said: why it did not come."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey(Product, models.CASCADE, related_name="wanted_pictures")
    address = models.CharField(max_length=2000)
    words = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=6, default=ASKED)
    said = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager[WantedPicture]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=(ASKED, DONE, FAILED)), name="wanted_picture_state_known")
        ]

    def __str__(self) -> str:
        return self.address
