"""What the customer does with a quote: looks at it, asks about it, signs it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from filo.foundation.ids import uuid7
from filo.operational.quotes.models.quote import Quote


class QuoteSignature(models.Model):
    """The evidence of an acceptance. name: as it was typed; drawn: as it was drawn, if it was. sha256: of the PDF that
    the customer had before him. chosen: the optional lines that he took. user: the colleague who wrote it down, with
    `note`, where the customer accepted by voice or by mail.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    quote = models.OneToOneField(Quote, models.CASCADE, related_name="signature")
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    drawn = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    chosen = models.JSONField(default=list)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=300, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    objects: ClassVar[models.Manager[QuoteSignature]] = models.Manager()


class QuoteView(models.Model):
    """When somebody who consented to it (`mail_tracking`) opened the page of a quote, and how often."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    quote = models.ForeignKey(Quote, models.CASCADE, db_index=False, related_name="seen_by")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[QuoteView]] = models.Manager()

    class Meta:
        ordering = ["first_at"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "party"], name="quote_view_once"),
            models.CheckConstraint(condition=Q(times__gt=0), name="quote_view_some"),
        ]


class QuoteQuestionAsked(models.Model):
    """What a customer asked on the page of a quote, and when a colleague said that it is seen to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    quote = models.ForeignKey(Quote, models.CASCADE, related_name="questions")
    at = models.DateTimeField()
    text = models.TextField()

    objects: ClassVar[models.Manager[QuoteQuestionAsked]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
