"""An invoice or a credit note: a draft of ours, one that was issued, or one that somebody sent us."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.invoices.fatturapa.codes import CREDITS, TYPES
from filo.operational.invoices.policies import INVOICE_SEEN

if TYPE_CHECKING:
    from filo.operational.invoices.models.rows import InvoiceTax

DIRECTIONS = [("issued", _("To customers")), ("received", _("From suppliers"))]
STATES = [
    ("draft", pgettext_lazy("an invoice", "Draft")),
    ("issued", pgettext_lazy("an invoice", "Issued")),
    ("sent", pgettext_lazy("an invoice", "Sent")),
    ("delivered", pgettext_lazy("an invoice", "Delivered")),
    ("undelivered", pgettext_lazy("an invoice", "Not delivered")),
    ("rejected", pgettext_lazy("an invoice", "Rejected")),
    ("accepted", pgettext_lazy("an invoice", "Accepted")),
    ("refused", pgettext_lazy("an invoice", "Refused by the office")),
    ("lapsed", pgettext_lazy("an invoice", "Term run out")),
    ("received", pgettext_lazy("an invoice", "Received")),
    ("kept", pgettext_lazy("an invoice", "From another program")),
]
OPEN_STATES = ("issued", "sent", "delivered", "undelivered", "accepted", "refused", "lapsed", "kept", "rejected")
VAT_DUE = [
    ("I", _("At once")),
    ("D", _("Deferred until it is paid")),
    ("S", _("Split payment (public offices)")),
]
STAMPS = [("", _("As law says")), ("yes", _("Always")), ("no", _("Never"))]
_SUM: Any = {"max_digits": 14, "decimal_places": 2, "default": Decimal(0)}
# What counts as not issued, and is sent again under the same number and date: the exchange rejected it (circ.
# 13/E/2018), or the public office refused it (DM 55/2013, article 2-bis). The exchange's check 00404, that no invoice
# comes twice, passes over what was rejected or refused (*Specifiche tecniche*, check of uniqueness).
RETURNED = ("rejected", "refused")
# Days in which a rejected file is sent again under the same number and date (circ. 13/E/2018).
RESEND_DAYS = 5
# Days in which an invoice has to reach the exchange (DPR 633/72, article 21, paragraph 4).
SEND_DAYS = 12


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Invoices; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see."""
        return self.filter(INVOICE_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "company", "owner")


class Invoice(models.Model):
    """Who asks whom to pay what.

    serial: the number that was given, number: as it is written. seller, buyer: as they were on that day. counterpart:
    the VAT number or tax code of the other side. euro_rate: what one euro buys of another currency, as it was on
    euro_rate_on. stamp: in euro. gross: whether prices hold VAT. held_*: withholding; fund_*: pension
    fund. payable: what the customer pays; paid: what came in of it; credited: what credit notes took off it. file:
    what it was read from. source_*: what it was made of (an order). delivery_*: the delivery note that it follows;
    deliveries: number and day of each, where there are more, of which delivery_* is the earliest.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    direction = models.CharField(max_length=8, choices=DIRECTIONS, default="issued")
    type = models.CharField(max_length=4, choices=list(TYPES.items()), default="TD01")
    state = models.CharField(max_length=11, choices=STATES, default="draft")
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    series = models.CharField(max_length=6, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=20, blank=True)
    date = models.DateField(null=True)
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    counterpart = models.CharField(max_length=30, blank=True)
    seller: Any = models.JSONField(default=dict)
    buyer: Any = models.JSONField(default=dict)
    language = models.CharField(max_length=5, default="it")
    currency = models.CharField(max_length=3, default="EUR")
    euro_rate = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    euro_rate_on = models.DateField(null=True)
    gross = models.BooleanField(default=False)
    terms = models.CharField(max_length=40, blank=True)
    method = models.CharField(max_length=4, default="MP05")
    iban = models.CharField(max_length=34, blank=True)
    bank = models.CharField(max_length=80, blank=True)
    vat_due = models.CharField(max_length=1, choices=VAT_DUE, default="I")
    stamp_rule = models.CharField(max_length=3, choices=STAMPS, blank=True)
    stamp_charged = models.BooleanField(default=False)
    held_kind = models.CharField(max_length=4, blank=True)
    held_rate = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    held_cause = models.CharField(max_length=2, blank=True)
    held_base = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(100))
    fund_kind = models.CharField(max_length=4, blank=True)
    fund_rate = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    fund_vat_rate = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(22))
    fund_nature = models.CharField(max_length=4, blank=True)
    fund_withheld = models.BooleanField(default=False)
    cause = models.TextField(blank=True)
    order_number = models.CharField(max_length=20, blank=True)
    order_date = models.DateField(null=True, blank=True)
    delivery_number = models.CharField(max_length=20, blank=True)
    delivery_day = models.DateField(null=True, blank=True)
    deliveries: Any = models.JSONField(default=list)
    cig = models.CharField(max_length=15, blank=True)
    cup = models.CharField(max_length=15, blank=True)
    net = models.DecimalField(**_SUM)
    vat = models.DecimalField(**_SUM)
    total = models.DecimalField(**_SUM)
    stamp = models.DecimalField(**_SUM)
    fund = models.DecimalField(**_SUM)
    held = models.DecimalField(**_SUM)
    payable = models.DecimalField(**_SUM)
    paid = models.DecimalField(**_SUM)
    credited = models.DecimalField(**_SUM)
    due_on = models.DateField(null=True)
    credits = models.ForeignKey("self", models.PROTECT, null=True, related_name="credit_notes")
    source_kind = models.CharField(max_length=20, blank=True)
    source_id = models.UUIDField(null=True)
    file = models.ForeignKey("invoices.InvoiceFile", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    issued_at = models.DateTimeField(null=True)
    rejected_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Invoice]] = models.Manager.from_queryset(InvoiceQuerySet)()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="invoice_by_making"),
            models.Index(fields=["-date", "-id"], name="invoice_by_date"),
            models.Index(fields=["party", "-date"], name="invoice_of_party"),
            models.Index(fields=["due_on", "id"], name="invoice_owed", condition=Q(paid__lt=F("payable"))),
            models.Index(fields=["source_id"], name="invoice_of_source", condition=Q(source_id__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["company", "series", "year", "serial"], name="invoice_number_once"),
            models.UniqueConstraint(
                # A credit note may have the number of an invoice (*Specifiche tecniche*, checks 00404 and 00409).
                fields=["direction", "company", "counterpart", "number", "date", "type"],
                condition=Q(file__isnull=False),
                name="invoice_read_once",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", serial=None, number="")
                | ~Q(state="draft") & ~Q(number="") & Q(date__isnull=False),
                name="invoice_numbered_when_issued",
            ),
            models.CheckConstraint(
                condition=Q(direction="received", state="received") | Q(direction="issued") & ~Q(state="received"),
                name="invoice_state_fits_direction",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft"))

    @property
    def is_credit(self) -> bool:
        """Whether it gives back."""
        return self.type in CREDITS

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == "draft"

    @property
    def is_ours(self) -> bool:
        """Whether its number was given here."""
        return self.serial is not None

    @property
    def is_returned(self) -> bool:
        """Whether it came back, so that it may be mended and sent again."""
        return self.is_ours and self.state in RETURNED

    @property
    def buyer_name(self) -> str:
        """Who buys, as the invoice says it."""
        return _name_of(self.buyer)

    @property
    def other_name(self) -> str:
        """Who is on the other side."""
        return _name_of(self.seller) if self.direction == "received" else self.buyer_name

    @property
    def left(self) -> Decimal:
        """What is still to be paid of it."""
        return self.payable - self.paid - self.credited

    @property
    def delivery_notes(self) -> list[tuple[str, datetime.date | None]]:
        """Number and day of each delivery note that it follows."""
        if self.deliveries:
            return [(one["number"], datetime.date.fromisoformat(one["day"])) for one in self.deliveries]
        return [(self.delivery_number, self.delivery_day)] if self.delivery_number else []

    def split_vat(self, taxes: Iterable[InvoiceTax]) -> Decimal:
        """The VAT that the customer pays to the State himself (DPR 633/72, article 17-ter), by what falls under each
        rate; all of it where that is not known yet.
        """
        rows = list(taxes)
        if not rows:
            return self.vat if self.vat_due == "S" else Decimal(0)
        return sum((row.vat for row in rows if row.due == "S"), Decimal(0))

    @property
    def is_overdue(self) -> bool:
        """Whether money should have come by now."""
        owed = self.state in OPEN_STATES and not self.is_credit and self.left > 0
        return owed and self.due_on is not None and self.due_on < clock.today()

    @property
    def send_by(self) -> datetime.date | None:
        """The last day on which it may reach the exchange (DPR 633/72, article 21, paragraph 4: letter a for the
        deferred invoice, the 15th of the month that follows that in which the goods left).
        """
        if self.date is None or not self.is_ours:
            return None
        if self.type in ("TD24", "TD25"):
            return deferred_by(self.delivery_day or self.date)
        return self.date + timedelta(days=SEND_DAYS)

    @property
    def resend_by(self) -> datetime.date | None:
        """The last day for the same number and date after a rejection."""
        return localtime(self.rejected_at).date() + timedelta(days=RESEND_DAYS) if self.rejected_at else None


def deferred_by(day: datetime.date) -> datetime.date:
    """The last day for the deferred invoice of what left on a day: the 15th of the month that follows (DPR 633/72,
    article 21, paragraph 4, letter a).
    """
    return (day.replace(day=1) + timedelta(days=32)).replace(day=15)


def _name_of(side: Mapping[str, Any]) -> str:
    """Of a firm, or of a person; of who is known by number alone, that (the simplified invoice has no more)."""
    person = " ".join(str(side.get(part) or "") for part in ("given_name", "family_name"))
    number = str(side.get("vat_number") or side.get("tax_code") or "")
    return str(side.get("name") or "") or person.strip() or number
