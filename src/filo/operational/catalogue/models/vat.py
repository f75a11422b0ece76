"""How a product is taxed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class VatClass(models.Model):
    """A rate of VAT in percent, or why there is none (`nature`, the codes N1 to N7 of FatturaPA)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    rate = models.DecimalField(max_digits=5, decimal_places=2)
    nature = models.CharField(max_length=4, blank=True)
    law = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[VatClass]] = models.Manager()

    class Meta:
        verbose_name = _("VAT class")
        verbose_name_plural = _("VAT classes")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(rate__gte=0, rate__lte=100), name="vat_rate_is_percent"),
            models.CheckConstraint(
                condition=Q(rate=0) & ~Q(nature="") | Q(rate__gt=0, nature=""), name="vat_none_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name
