"""The class of a customer, by which price lists, discounts and coupons are for some and not for others."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from filo.foundation.ids import uuid7


class PartyClass(models.Model):
    """A word of the firm's own (`rivenditori`) for a customer; `company` empty: for all of the group's companies."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, db_index=False, related_name="+")
    company = models.ForeignKey("organisation.SellingCompany", models.CASCADE, null=True, blank=True, related_name="+")
    word = models.CharField(max_length=40)

    objects: ClassVar[models.Manager[PartyClass]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["word", "party"], name="party_class_word")]
        constraints = [
            models.UniqueConstraint(fields=["party"], condition=Q(company=None), name="party_class_once"),
            models.UniqueConstraint(fields=["party", "company"], name="party_class_once_a_company"),
            models.CheckConstraint(condition=~Q(word=""), name="party_class_says_something"),
        ]

    def __str__(self) -> str:
        return self.word
