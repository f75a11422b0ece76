"""An order that another program took: a fact of the past, with its own number; nothing is shipped or sent for it."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.money import Money
from filo.operational.orders.policies import ORDER_SEEN

# Returned: all of its lines are goods that came back. What was cancelled counts for nothing.
STATES = [
    ("delivered", pgettext_lazy("an order", "Delivered")),
    ("returned", pgettext_lazy("an order", "Return")),
    ("cancelled", pgettext_lazy("an order", "Cancelled")),
]
COUNTED = ("delivered", "returned")


class PastOrderQuerySet(models.QuerySet["PastOrder"]):
    """Past orders; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see, by the rule of orders."""
        return self.filter(ORDER_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "owner", "company")


class PastOrder(models.Model):
    """number: as the other program gave it; it may give it anew each year, and to another customer. total: what its
    lines come to, as the file has them (it does not say whether with VAT); returns are negative. batch: the import
    that brought it. owner, unit, area, channel: as the customer's relationship had them when it came in.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    number = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    day = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="delivered")
    party = models.ForeignKey("parties.Party", models.PROTECT, db_index=False, related_name="+")
    relationship = models.ForeignKey("parties.Relationship", models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    area = models.ForeignKey("organisation.Area", models.SET_NULL, null=True, related_name="+")
    channel = models.ForeignKey("organisation.Channel", models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    total = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    batch = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[PastOrder]] = models.Manager.from_queryset(PastOrderQuerySet)()

    class Meta:
        verbose_name = pgettext_lazy("out of another program", "past order")
        indexes = [
            models.Index(fields=["-day", "-id"], name="past_order_latest"),
            models.Index(fields=["party", "-day", "-id"], name="past_order_of_party"),
            models.Index(fields=["owner", "-day", "-id"], name="past_order_of_owner"),
            models.Index(fields=["unit", "-day", "-id"], name="past_order_of_unit"),
            models.Index(fields=["batch"], name="past_order_of_import"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["company", "number", "year", "party"], name="past_order_once"),
            models.CheckConstraint(condition=Q(state__in=[code for code, _l in STATES]), name="past_order_state_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def money(self) -> Money:
        """What its lines come to."""
        return Money(self.total, self.currency)


class PastLine(models.Model):
    """A line as the file has it. quantity: negative for what came back. unit_price: of one unit, before the discount;
    discount: percent. amount: what the line comes to. vat_rate: percent, none where the file does not say it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(PastOrder, models.CASCADE, db_index=False, related_name="lines")
    position = models.PositiveIntegerField(default=0)
    variant = models.ForeignKey("catalogue.Variant", models.SET_NULL, null=True, related_name="+")
    code = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=1000, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    unit = models.CharField(max_length=10, blank=True)
    unit_price = models.DecimalField(max_digits=16, decimal_places=6)
    discount = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    vat_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    objects: ClassVar[models.Manager[PastLine]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["order", "position"], name="past_line_in_order")]
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="past_line_of_something"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="past_line_price_not_negative"),
        ]
