"""An offer: products that a colleague proposed, why, by which way, until when, and what came of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.offers.policies import OFFER_SEEN

STATES = [
    ("open", pgettext_lazy("an offer", "Open")),
    ("accepted", pgettext_lazy("an offer", "Accepted")),
    ("refused", pgettext_lazy("an offer", "Refused")),
    ("expired", pgettext_lazy("an offer", "Expired")),
]
CHANNELS = [
    ("phone", pgettext_lazy("a way to propose", "By phone")),
    ("mail", pgettext_lazy("a way to propose", "By mail")),
    ("visit", pgettext_lazy("a way to propose", "On a visit")),
    ("chat", pgettext_lazy("a way to propose", "In a chat")),
    ("letter", pgettext_lazy("a way to propose", "By letter")),
]
RULES = [
    ("again", _("Bought again and again")),
    ("goes-with", _("Goes with what the customer bought")),
    ("reserved", _("In a catalogue for this customer")),
    ("liked", _("Bought by others of the same kinds")),
]


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those this principal may see."""
        return self.filter(OFFER_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With what rows show."""
        return self.select_related("party", "owner", "quote").prefetch_related("lines")


class Offer(models.Model):
    """quote: what it led to. note: why now, in the colleague's words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    channel = models.CharField(max_length=8, choices=CHANNELS)
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default="open")
    currency = models.CharField(max_length=3, default="EUR")
    valid_until = models.DateField()
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    quote = models.OneToOneField("quotes.Quote", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[Offer]] = models.Manager.from_queryset(OfferQuerySet)()

    class Meta:
        verbose_name = _("offer to a customer")
        verbose_name_plural = _("offers to customers")
        indexes = [
            models.Index(fields=["created_at", "id"], name="proposed_latest"),
            models.Index(fields=["valid_until"], name="proposed_open", condition=models.Q(state="open")),
        ]


class OfferLine(models.Model):
    """One product of it. rule: by which it was picked; reason: the sentence; price: of one, as it was then."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="lines")
    variant = models.ForeignKey("catalogue.Variant", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    description = models.CharField(max_length=300)
    rule = models.CharField(max_length=12, choices=RULES)
    reason = models.CharField(max_length=300)
    price = models.DecimalField(max_digits=14, decimal_places=2)

    objects: ClassVar[models.Manager[OfferLine]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
