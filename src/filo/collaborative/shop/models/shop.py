"""Which company sells on the public pages, how its goods travel, and what one agrees to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class Shop(models.Model):
    """The shop of a company. channel: what its orders count for, and by which prices may be meant for the shop alone.

    terms_it, terms_en: what a buyer agrees to, in plain text.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.OneToOneField("organisation.SellingCompany", models.PROTECT, related_name="+")
    channel = models.ForeignKey("organisation.Channel", models.SET_NULL, null=True, blank=True, related_name="+")
    open = models.BooleanField(default=False)
    terms_it = models.TextField(blank=True)
    terms_en = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Shop]] = models.Manager()

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")
        ordering = ["-open", "company__position", "id"]

    def terms_in(self, language: str) -> str:
        """What a buyer agrees to, in his language where it is written in it."""
        return (self.terms_en if language.startswith("en") else self.terms_it) or self.terms_it or self.terms_en


class ShippingWay(models.Model):
    """How goods of a company reach a buyer. price: with VAT, in euro; free_from: a total of goods, with VAT, from
    which on it costs nothing.

    vat: carrying goods is taxed as what is carried or apart, as the firm's accountant says (DPR 633/72, article 12).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organisation.SellingCompany", models.CASCADE, related_name="+")
    name_it = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    price = models.DecimalField(max_digits=14, decimal_places=2)
    free_from = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    vat = models.ForeignKey("catalogue.VatClass", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects: ClassVar[models.Manager[ShippingWay]] = models.Manager()

    class Meta:
        verbose_name = _("way of shipping")
        verbose_name_plural = _("ways of shipping")
        ordering = ["position", "name_it", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="shipping_costs_no_less_than_nothing"),
            models.CheckConstraint(condition=Q(free_from=None) | Q(free_from__gte=0), name="shipping_free_from_some"),
        ]

    def __str__(self) -> str:
        return self.name_it

    def name_in(self, language: str) -> str:
        """In a language where it has one."""
        return (self.name_en if language.startswith("en") else "") or self.name_it
