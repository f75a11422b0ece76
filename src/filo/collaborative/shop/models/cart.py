"""What a visitor of the shop has chosen and not bought yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

OPEN = Q(ordered_at=None)


class Cart(models.Model):
    """What one browser put together, and whose it is once the browser is recognised.

    Carts of one customer's browsers are read as one and never poured together: what was put in by a browser that turns
    out to be another's goes with that browser, and nothing else does. coupons: codes, as they were typed. terms_at:
    when the buyer agreed to the terms. order: what became of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visitor = models.ForeignKey("visitors.Visitor", models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    company = models.ForeignKey("organisation.SellingCompany", models.CASCADE, related_name="+")
    currency = models.CharField(max_length=3, default="EUR")
    coupons = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    terms_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(null=True)
    order = models.ForeignKey("orders.Order", models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Cart]] = models.Manager()

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["visitor"], condition=OPEN & Q(party=None), name="cart_of_a_browser_once"),
            models.UniqueConstraint(
                fields=["visitor", "party"], condition=OPEN & ~Q(party=None), name="cart_of_a_browser_and_customer_once"
            ),
        ]


class CartLine(models.Model):
    """So many of a variant. link: by which signed link of a reserved catalogue it was seen, if by one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cart = models.ForeignKey(Cart, models.CASCADE, db_index=False, related_name="lines")
    variant = models.ForeignKey("catalogue.Variant", models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    link = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager[CartLine]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="cart_line_of_something"),
        ]
