"""A price list: for whom it is, and what it says of products, variants, lines or everything."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.folding import fold
from filo.foundation.ids import uuid7
from filo.operational.prices.models.scoped import Scoped, ScopedQuerySet

MEANS = [
    ("price", pgettext_lazy("a price rule gives", "This price")),
    ("percent", pgettext_lazy("a price rule gives", "A percentage off the base price")),
    ("markup", pgettext_lazy("a price rule gives", "A percentage on top of the cost")),
]


def about_of(
    *, variant: UUID | None = None, product: UUID | None = None, line: UUID | None = None, category: str = ""
) -> str:
    """What a rule is of, as one word: the most special that is named; nothing named is everything."""
    if variant is not None:
        return f"v:{variant}"
    if product is not None:
        return f"p:{product}"
    if category:
        return f"c:{fold(category)}"
    return f"l:{line}" if line is not None else ""


class PriceList(Scoped):
    """gross: its prices hold VAT (prices to the public). cascade: other discounts may come on top."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    currency = models.CharField(max_length=3, default="EUR")
    gross = models.BooleanField(default=False)
    cascade = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[PriceList]] = models.Manager.from_queryset(ScopedQuerySet["PriceList"])()

    class Meta(Scoped.Meta):
        verbose_name = _("price list")
        verbose_name_plural = _("price lists")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class PriceRule(models.Model):
    """One line of a list: of a variant, a product, a product line, a category, or of all (none named).

    min_quantity: from how many on. value: a price of one unit in the list's currency, or a percentage. about: what it
    is of, as one word (`about_of`), by which the engine finds all rules for a basket in one reading.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    list = models.ForeignKey(PriceList, models.CASCADE, db_index=False, related_name="rules")
    variant = models.ForeignKey("catalogue.Variant", models.CASCADE, null=True, blank=True, related_name="+")
    product = models.ForeignKey("catalogue.Product", models.CASCADE, null=True, blank=True, related_name="+")
    line = models.ForeignKey("organisation.ProductLine", models.CASCADE, null=True, blank=True, related_name="+")
    category = models.CharField(max_length=120, blank=True)
    about = models.CharField(max_length=130, editable=False, blank=True)
    min_quantity = models.DecimalField(max_digits=14, decimal_places=3, default=1)
    means = models.CharField(max_length=8, choices=MEANS, default="price")
    value = models.DecimalField(max_digits=14, decimal_places=4)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[PriceRule]] = models.Manager()

    class Meta:
        verbose_name = _("price rule")
        verbose_name_plural = _("price rules")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["list", "about", "min_quantity"], name="price_rule_found"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "about", "min_quantity"], condition=Q(valid_from=None), name="price_rule_once"
            ),
            models.UniqueConstraint(
                fields=["list", "about", "min_quantity", "valid_from"], name="price_rule_once_a_day"
            ),
            models.CheckConstraint(condition=Q(min_quantity__gt=0), name="price_rule_from_some"),
            models.CheckConstraint(condition=Q(value__gte=0), name="price_rule_not_negative"),
            models.CheckConstraint(condition=~Q(means="percent") | Q(value__lte=100), name="price_rule_percent"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With what it is of; `args` and `kwargs` are Django's."""
        self.about = self.named()
        super().save(*args, **kwargs)

    def named(self) -> str:
        """`about` of this rule."""
        return about_of(variant=self.variant_id, product=self.product_id, line=self.line_id, category=self.category)
