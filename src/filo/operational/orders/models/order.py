"""An order: what a customer buys, for how much, and how far it has come."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.money import Money
from filo.operational.orders.policies import ORDER_SEEN
from filo.operational.orders.states import GONE, SOURCES, STATES, TO_SHIP
from filo.operational.prices.document import DocumentLine

LANGUAGES = [("it", _("Italian")), ("en", _("English"))]


class OrderQuerySet(models.QuerySet["Order"]):
    """Orders; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see."""
        return self.filter(ORDER_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "owner", "company")


class Order(models.Model):
    """year, number: given when it is first confirmed, without a gap for each company and year; kept ever after.

    bill_to, ship_to: names and addresses line by line, as they were when it was confirmed. gross: its prices hold VAT.
    net, vat, total, cost: what its lines come to. coupons: codes that were named. waits: goods that are short are
    waited for. promised_date: by when it shall arrive. mail_to: where mails about it go; none without. key: what the
    customer's link is made from. idempotency_key: the same key from the same program gives the same order.
    quoted_from: the quote that it was made of (a quote makes one order).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    party = models.ForeignKey("parties.Party", models.PROTECT, db_index=False, related_name="+")
    bill_party = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    ship_party = models.ForeignKey("parties.Party", models.PROTECT, null=True, related_name="+")
    bill_to = models.JSONField(default=list, blank=True)
    ship_to = models.JSONField(default=list, blank=True)
    relationship = models.ForeignKey("parties.Relationship", models.SET_NULL, null=True, related_name="+")
    quoted_from = models.OneToOneField("quotes.Quote", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    area = models.ForeignKey("organisation.Area", models.SET_NULL, null=True, db_index=False, related_name="+")
    channel = models.ForeignKey("organisation.Channel", models.SET_NULL, null=True, db_index=False, related_name="+")
    source = models.CharField(max_length=10, choices=SOURCES, default="staff")
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    currency = models.CharField(max_length=3, default="EUR")
    gross = models.BooleanField(default=False)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="it")
    coupons = models.JSONField(default=list, blank=True)
    payment_terms = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    notes = models.TextField(blank=True)
    internal_note = models.TextField(blank=True)
    mail_to = models.CharField(max_length=320, blank=True)
    waits = models.BooleanField(default=False)
    promised_date = models.DateField(null=True)
    net = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    vat = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    total = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    confirmed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=300, blank=True)
    key = models.UUIDField(default=uuid7, unique=True, editable=False)
    idempotency_key = models.CharField(max_length=200, null=True, unique=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Order]] = models.Manager.from_queryset(OrderQuerySet)()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="order_latest"),
            models.Index(fields=["state", "promised_date", "id"], name="order_by_state"),
            models.Index(fields=["party", "-created_at", "-id"], name="order_of_party"),
            models.Index(fields=["owner", "-created_at", "-id"], name="order_of_owner"),
            models.Index(fields=["unit", "-created_at", "-id"], name="order_of_unit"),
            models.Index(fields=["confirmed_at", "id"], name="order_waiting", condition=Q(waits=True)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["company", "year", "number"], name="order_number_once"),
            models.CheckConstraint(condition=Q(state__in=[code for code, _l in STATES]), name="order_state_known"),
            models.CheckConstraint(
                condition=Q(year=None, number=None) | Q(year__gt=0, number__gt=0), name="order_number_and_year"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "cancelled")) | Q(number__isnull=False, confirmed_at__isnull=False),
                name="order_numbered_when_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """O 2026/31; an order that was never confirmed has no number yet."""
        return f"O {self.year}/{self.number}" if self.number else pgettext("an order without a number", "draft order")

    @property
    def money(self) -> Money:
        """What the customer pays."""
        return Money(self.total, self.currency)

    @property
    def is_open(self) -> bool:
        """Whether something is still owed to the customer."""
        return self.state in TO_SHIP

    @property
    def has_left(self) -> bool:
        """Whether goods of it have left."""
        return self.state in GONE

    @property
    def is_late(self) -> bool:
        """Whether it should have arrived."""
        return (
            self.promised_date is not None
            and self.promised_date < clock.today()
            and self.state in (*TO_SHIP, "shipped")
        )


class OrderLine(DocumentLine):
    """A line with how much of it has left and come back. place: out of which stock place, if that was said.

    waiting: how many of what is left to ship are not promised by the stock. by_hand: the price was typed.
    """

    order = models.ForeignKey(Order, models.CASCADE, db_index=False, related_name="lines")
    place = models.ForeignKey("catalogue.StockPlace", models.PROTECT, null=True, related_name="+")
    shipped = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    returned = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    waiting = models.DecimalField(max_digits=14, decimal_places=3, default=Decimal(0))
    by_hand = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[OrderLine]] = models.Manager()

    class Meta(DocumentLine.Meta):
        abstract = False
        indexes = [models.Index(fields=["order", "position"], name="order_line_in_order")]
        constraints = [
            *DocumentLine.Meta.constraints,
            models.CheckConstraint(condition=Q(quantity__gt=0), name="order_line_of_something"),
            models.CheckConstraint(
                condition=Q(returned__gte=0, shipped__gte=F("returned"), quantity__gte=F("shipped")),
                name="order_line_no_more_than_ordered",
            ),
            models.CheckConstraint(condition=Q(waiting__gte=0), name="order_line_waits_for_something"),
        ]

    @property
    def left(self) -> Decimal:
        """How many are left to ship."""
        return self.quantity - self.shipped

    @property
    def with_customer(self) -> Decimal:
        """How many have left and not come back."""
        return self.shipped - self.returned


class OrderStep(models.Model):
    """An order went from one state to another; `data` says what went along."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, db_index=False, related_name="steps")
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict, blank=True)

    objects: ClassVar[models.Manager[OrderStep]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["order", "at"], name="order_steps")]


class OrderTicket(models.Model):
    """A request that is about an order."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey(Order, models.CASCADE, db_index=False, related_name="+")
    ticket = models.ForeignKey("service.Ticket", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[OrderTicket]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "ticket"], name="order_ticket_once")]
