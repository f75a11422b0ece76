"""What is taken off, and how much of it a role may give by itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7
from filo.operational.prices.models.scoped import Scoped, ScopedQuerySet


class Discount(Scoped):
    """A percentage off, by itself, for what it names; several come one upon the other in the order of `priority`.

    alone: no other comes on top of it; where others hold too, what takes off more is taken. min_total: from what sum of
    the whole on, in euro, with VAT where the basket's prices hold it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    product = models.ForeignKey("catalogue.Product", models.CASCADE, null=True, blank=True, related_name="+")
    line = models.ForeignKey("organisation.ProductLine", models.CASCADE, null=True, blank=True, related_name="+")
    category = models.CharField(max_length=120, blank=True)
    min_quantity = models.DecimalField(max_digits=14, decimal_places=3, default=1)
    min_total = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    alone = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Discount]] = models.Manager.from_queryset(ScopedQuerySet["Discount"])()

    class Meta(Scoped.Meta):
        verbose_name = _("discount")
        verbose_name_plural = _("discounts")
        ordering = ["priority", "name", "id"]
        constraints = [
            *Scoped.Meta.constraints,
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="discount_is_percent"),
        ]

    def __str__(self) -> str:
        return self.name


class DiscountCap(models.Model):
    """How many percent off the list a role may give without asking; `company` empty: of any."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.SlugField(max_length=60)
    company = models.ForeignKey("organisation.SellingCompany", models.CASCADE, null=True, blank=True, related_name="+")
    line = models.ForeignKey("organisation.ProductLine", models.CASCADE, null=True, blank=True, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[DiscountCap]] = models.Manager()

    class Meta:
        ordering = ["role", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["role"], condition=Q(company=None, line=None), name="discount_cap_once_a_role"
            ),
            models.UniqueConstraint(
                fields=["role", "company"], condition=Q(line=None), name="discount_cap_once_a_company"
            ),
            models.UniqueConstraint(
                fields=["role", "line"], condition=Q(company=None), name="discount_cap_once_a_line"
            ),
            models.UniqueConstraint(fields=["role", "company", "line"], name="discount_cap_once"),
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="discount_cap_is_percent"),
        ]
