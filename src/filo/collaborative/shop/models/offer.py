"""What a list of the shop is sorted and narrowed by, kept beside the catalogue."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Offer(models.Model):
    """A product that can be bought in the shop, as anybody finds it: lists are sorted and narrowed by these figures,
    and show what the price engine says of each buyer.

    variant: the cheapest. low, high: what its variants cost anybody, with VAT, each alone. sold: how many were ordered
    in the last ninety days. since: since when it is there.
    """

    product = models.OneToOneField("catalogue.Product", models.CASCADE, primary_key=True, related_name="+")
    variant = models.ForeignKey("catalogue.Variant", models.CASCADE, related_name="+")
    folded = models.CharField(max_length=260)
    low = models.DecimalField(max_digits=14, decimal_places=2)
    high = models.DecimalField(max_digits=14, decimal_places=2)
    sold = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    since = models.DateTimeField()

    objects: ClassVar[models.Manager[Offer]] = models.Manager()

    class Meta:
        verbose_name = _("offer of the shop")
        verbose_name_plural = _("offers of the shop")
        indexes = [
            models.Index(fields=["-sold", "product"], name="offer_by_sold"),
            models.Index(fields=["-since", "product"], name="offer_latest"),
            models.Index(fields=["low", "product"], name="offer_by_price"),
            models.Index(fields=["folded", "product"], name="offer_by_name"),
        ]
