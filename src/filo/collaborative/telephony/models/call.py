"""A call as the exchange tells it, from the first ring to the end."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.telephony.models.line import PhoneLine
from filo.collaborative.telephony.policies import PHONE_CALL_SEEN
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7

STATES = [
    ("ringing", pgettext_lazy("a call", "Ringing")),
    ("talking", pgettext_lazy("a call", "Going on")),
    ("ended", pgettext_lazy("a call", "Ended")),
    ("missed", pgettext_lazy("a call", "Nobody answered")),
]
RANKS = {"ringing": 0, "talking": 1, "ended": 2, "missed": 2}


class PhoneCallQuerySet(models.QuerySet["PhoneCall"]):
    """Calls; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The calls this principal may see."""
        return self.filter(PHONE_CALL_SEEN.rows(principal))


class PhoneCall(models.Model):
    """reference: as the exchange calls it. number: the customer's, as it is compared (E.164); empty: withheld, or what
    was `said` is no number that can be called from outside (an extension). party: whose number it is, where it is one
    customer's alone. call: the clock and the note of whoever spoke.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    line = models.ForeignKey(PhoneLine, models.CASCADE, db_index=False, related_name="calls")
    reference = models.CharField(max_length=120)
    direction = models.CharField(max_length=3, choices=[("in", _("Incoming")), ("out", _("Outgoing"))])
    number = models.CharField(max_length=40, blank=True)
    said = models.CharField(max_length=60, blank=True)
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=STATES, default="ringing")
    began_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    recording = models.URLField(max_length=500, blank=True)
    call = models.ForeignKey("interactions.Call", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[PhoneCall]] = models.Manager.from_queryset(PhoneCallQuerySet)()

    class Meta:
        verbose_name = _("telephone call")
        verbose_name_plural = _("telephone calls")
        indexes = [
            models.Index(fields=["began_at", "id"], name="phone_call_latest"),
            models.Index(fields=["state"], name="phone_call_now", condition=models.Q(state__in=("ringing", "talking"))),
        ]
        constraints = [models.UniqueConstraint(fields=["line", "reference"], name="phone_call_once")]

    @property
    def is_over(self) -> bool:
        """Whether nobody speaks, and nothing rings, any more."""
        return self.state in ("ended", "missed")

    @property
    def shown_number(self) -> str:
        """The number, or what the exchange said instead of one; empty where it was withheld."""
        return self.number or self.said

    @property
    def seconds(self) -> int | None:
        """How long was spoken; None where nobody answered or it goes on."""
        if self.answered_at is None or self.ended_at is None:
            return None
        return max(0, int((self.ended_at - self.answered_at).total_seconds()))
