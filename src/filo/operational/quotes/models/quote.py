"""A quote: what we offer to whom, at which price, until when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.money import Money
from filo.operational.prices.document import DocumentLine
from filo.operational.quotes.models.words import EARLY, OUT, STATES
from filo.operational.quotes.policies import QUOTE_SEEN

LANGUAGES = [("it", _("Italian")), ("en", _("English"))]


class QuoteQuerySet(models.QuerySet["Quote"]):
    """Quotes; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see, without drafts that were thrown away."""
        return self.filter(QUOTE_SEEN.rows(principal), deleted_at=None)

    def in_bin(self, principal: Principal) -> Self:
        """Drafts that this principal could see before they were thrown away."""
        return self.filter(QUOTE_SEEN.rows(principal), deleted_at__isnull=False)

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "owner", "company")


class Quote(models.Model):
    """year, number: given when it is first sent, without a gap for each company and year; a new version (`revision`)
    keeps them, and `previous` is the one before. gross: its prices hold VAT. net, vat, total: what its lines come to,
    optional ones only where they were chosen; cost: what they cost us, without VAT, None where a cost is not known.
    off: the most that a line is below what the price engine says, in percent. key: what the customer's link is made
    from; a new one ends the links that are out. document: the PDF that was sent; accepted_document: the same with the
    evidence of the acceptance. views: how often its page was opened; when and by whom is known only with consent
    (`QuoteView`). warned_at: when its owner was told that it expires soon.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    revision = models.PositiveSmallIntegerField(default=1)
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    party = models.ForeignKey("parties.Party", models.PROTECT, db_index=False, related_name="+")
    contact = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    relationship = models.ForeignKey("parties.Relationship", models.SET_NULL, null=True, related_name="+")
    deal = models.ForeignKey("deals.Deal", models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    area = models.ForeignKey("organisation.Area", models.SET_NULL, null=True, db_index=False, related_name="+")
    channel = models.ForeignKey("organisation.Channel", models.SET_NULL, null=True, db_index=False, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    valid_until = models.DateField()
    currency = models.CharField(max_length=3, default="EUR")
    gross = models.BooleanField(default=False)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="it")
    payment_terms = models.CharField(max_length=300, blank=True)
    delivery_terms = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True)
    internal_note = models.TextField(blank=True)
    net = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    vat = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    total = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    off = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal(0))
    key = models.UUIDField(default=uuid7, unique=True, editable=False)
    document = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    accepted_document = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    sent_to = models.CharField(max_length=320, blank=True)
    sent_at = models.DateTimeField(null=True)
    views = models.PositiveIntegerField(default=0)
    warned_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reject_reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Quote]] = models.Manager.from_queryset(QuoteQuerySet)()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="quote_latest"),
            models.Index(fields=["state", "valid_until", "id"], name="quote_by_state"),
            models.Index(fields=["party", "-created_at", "-id"], name="quote_of_party"),
            models.Index(fields=["owner", "-created_at", "-id"], name="quote_of_owner"),
            models.Index(fields=["unit", "-created_at", "-id"], name="quote_of_unit"),
            models.Index(fields=["-total", "-id"], name="quote_by_total"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "year", "number", "revision"],
                condition=Q(deleted_at=None),
                name="quote_number_once",
            ),
            models.UniqueConstraint(
                fields=["previous"], condition=Q(deleted_at=None), name="quote_one_version_after_another"
            ),
            models.CheckConstraint(condition=Q(state__in=[code for code, _l in STATES]), name="quote_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=EARLY) | Q(number__isnull=False, sent_at__isnull=False),
                name="quote_numbered_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(year=None, number=None) | Q(year__gt=0, number__gt=0), name="quote_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.title}".strip()

    @property
    def name(self) -> str:
        """2026/31, 2026/31 v2; a draft that was never sent has no number yet."""
        if self.number is None:
            return pgettext("a quote without a number", "draft")
        told = f"{self.year}/{self.number}"
        return (
            told
            if self.revision == 1
            else gettext("%(number)s v%(version)s")
            % {
                "number": told,
                "version": self.revision,
            }
        )

    @property
    def is_early(self) -> bool:
        """Whether it has not gone to the customer yet."""
        return self.state in EARLY

    @property
    def is_out(self) -> bool:
        """Whether it is with the customer, who has not answered."""
        return self.state in OUT

    @property
    def is_past(self) -> bool:
        """Whether its last day has gone by."""
        return self.valid_until < clock.today()

    @property
    def days_left(self) -> int:
        """For how many days more it holds: 0 on its last day."""
        return (self.valid_until - clock.today()).days

    @property
    def money(self) -> Money:
        """What the customer would pay."""
        return Money(self.total, self.currency)

    def holds_on(self, day: date) -> bool:
        """Whether it can be accepted on a day."""
        return self.is_out and self.valid_until >= day


class QuoteLine(DocumentLine):
    """A line; one with `heading` says what the lines below it are, and has no price. optional: the customer may take
    it or not, `chosen` when he does. price_by_hand, discounts_by_hand: typed by somebody, in place of what the engine
    says (`usual`: what one unit would cost by the engine after all its discounts).
    """

    quote = models.ForeignKey(Quote, models.CASCADE, db_index=False, related_name="lines")
    heading = models.BooleanField(default=False)
    optional = models.BooleanField(default=False)
    chosen = models.BooleanField(default=False)
    price_by_hand = models.BooleanField(default=False)
    discounts_by_hand = models.BooleanField(default=False)
    usual = models.DecimalField(max_digits=16, decimal_places=6, null=True)

    objects: ClassVar[models.Manager[QuoteLine]] = models.Manager()

    class Meta(DocumentLine.Meta):
        abstract = False
        indexes = [models.Index(fields=["quote", "position"], name="quote_line_in_order")]

    @property
    def counts(self) -> bool:
        """Whether it is part of the sum."""
        return not self.heading and (self.chosen or not self.optional)
