"""What a line of a quote, an order and an invoice have in common."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from filo.foundation.ids import uuid7
from filo.operational.prices.sums import left_of, read_discounts


class DocumentLine(models.Model):
    """A line with its price as it was told; later changes of product or list do not touch it.

    unit_price: of one unit before discounts, with VAT where the document is `gross`. discounts: `10+5`. off: the part
    of a coupon on the whole that falls to this line. amount: what the line comes to, to the cent, after all of that
    (`prices.sums.amount_of`). cost: of one unit, without VAT. reasons: which rules
    made the price, as the engine told it. `variant` is empty where a line was typed freely.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    variant = models.ForeignKey("catalogue.Variant", models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=1000)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    unit = models.CharField(max_length=10, blank=True)
    unit_price = models.DecimalField(max_digits=16, decimal_places=6)
    discounts = models.CharField(max_length=60, blank=True)
    off = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2)
    nature = models.CharField(max_length=4, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    cost = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(vat_rate__gte=0, vat_rate__lte=100), name="%(class)s_rate_is_percent")
        ]

    @property
    def price_after(self) -> Decimal:
        """Of one unit after its discounts, not rounded."""
        return self.unit_price * left_of(read_discounts(self.discounts))
