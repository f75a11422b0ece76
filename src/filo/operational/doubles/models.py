"""Pairs of cards that may be one customer, and the keys by which such pairs are found."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.models import Party


class PairState(models.TextChoices):
    """Open: waits for somebody. Two: somebody said that they are two customers."""

    OPEN = "open", _("To be looked at")
    TWO = "two", _("Two different customers")


class PairQuerySet(models.QuerySet["DoublePair"]):
    """Pairs; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of which this principal sees both cards."""
        seen = Party.objects.visible_to(principal)
        return self.filter(first__in=seen, second__in=seen)


class DoublePair(models.Model):
    """Two living cards of one kind, the older `first`, and how likely they are one customer.

    `reasons` are [field, level, bits] as `likeness` gives them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    second = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    probability = models.FloatField()
    reasons: Any = models.JSONField(default=list)
    state = models.CharField(max_length=4, choices=PairState, default=PairState.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[DoublePair]] = models.Manager.from_queryset(PairQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["state", "-probability", "-id"], name="double_pair_by_likeness")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="double_pair_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="double_pair_in_order"),
        ]


class DoubleKey(models.Model):
    """A key (64 bits of its hash) that a card shares with those it may be one with."""

    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    key = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["key", "party"], name="double_key")]


class Step(models.TextChoices):
    """The two goes of a look at every card."""

    KEYS = "keys"
    PAIRS = "pairs"


class Looked(models.Model):
    """Up to which change the cards have been looked at, and how far the look at all of them is; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    until = models.DateTimeField(null=True)
    step = models.CharField(max_length=5, choices=Step, default=Step.KEYS)
    last = models.UUIDField(null=True)
