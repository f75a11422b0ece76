"""What left together, with its delivery note."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.orders.models.order import Order, OrderLine

EVENT_KINDS = [
    ("left", pgettext_lazy("a shipment", "Left the warehouse")),
    ("transit", pgettext_lazy("a shipment", "On the way")),
    ("out", pgettext_lazy("a shipment", "Out for delivery")),
    ("problem", pgettext_lazy("a shipment", "Held up")),
    ("delivered", pgettext_lazy("a shipment", "Delivered")),
]
CAUSES = [
    ("sale", pgettext_lazy("why goods travel", "Sale")),
    ("sample", pgettext_lazy("why goods travel", "Sample or gift")),
    ("trial", pgettext_lazy("why goods travel", "On approval")),
    ("loan", pgettext_lazy("why goods travel", "Loan for use")),
    ("repair", pgettext_lazy("why goods travel", "Repair")),
    ("replacement", pgettext_lazy("why goods travel", "Replacement under warranty")),
]
MOST_WEIGHT = Decimal(100_000)


class ShipmentQuerySet(models.QuerySet["Shipment"]):
    """Shipments; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of orders that this principal may see."""
        return self.filter(order__in=Order.objects.visible_to(principal))


class Shipment(models.Model):
    """Goods that left together. year, number: of its delivery note (DPR 472/96), without a gap for each company and
    year. expected: by when it shall arrive. parcels: into how many it was packed. weight: of all of them, in kg; none
    where nobody weighed. cause: why the goods travel. issuer: our company, line by line, as it was that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, db_index=False, related_name="shipments")
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    carrier = models.ForeignKey("orders.Carrier", models.PROTECT, null=True, related_name="+")
    tracking = models.CharField(max_length=80, blank=True)
    parcels = models.PositiveSmallIntegerField(default=1)
    weight = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    cause = models.CharField(max_length=12, choices=CAUSES, default="sale")
    issuer = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    shipped_at = models.DateTimeField()
    expected = models.DateField(null=True)
    delivered_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    idempotency_key = models.CharField(max_length=200, null=True, unique=True)

    objects: ClassVar[models.Manager[Shipment]] = models.Manager.from_queryset(ShipmentQuerySet)()

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["shipped_at", "id"]
        indexes = [
            models.Index(fields=["order", "shipped_at"], name="shipments_of_order"),
            models.Index(fields=["-shipped_at", "-id"], name="shipments_latest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["company", "year", "number"], name="shipment_number_once"),
            models.CheckConstraint(condition=Q(cause__in=[code for code, _l in CAUSES]), name="shipment_cause_known"),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gt=0), name="shipment_weighs_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """DDT 2026/31."""
        return f"DDT {self.year}/{self.number}"

    @property
    def link(self) -> str:
        """The parcel's page at the carrier."""
        return self.carrier.link(self.tracking) if self.carrier else ""


class ShipmentLine(models.Model):
    """How many of a line left with a shipment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shipment = models.ForeignKey(Shipment, models.CASCADE, db_index=False, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="+")
    quantity = models.DecimalField(max_digits=14, decimal_places=3)

    objects: ClassVar[models.Manager[ShipmentLine]] = models.Manager()

    class Meta:
        ordering = ["line__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "line"], name="shipment_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="shipment_line_of_something"),
        ]


class ShipmentEvent(models.Model):
    """Where a shipment was, and when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    shipment = models.ForeignKey(Shipment, models.CASCADE, db_index=False, related_name="events")
    kind = models.CharField(max_length=10, choices=EVENT_KINDS)
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[ShipmentEvent]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["shipment", "at"], name="shipment_events")]
