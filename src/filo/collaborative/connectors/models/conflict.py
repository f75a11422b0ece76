"""Where both sides disagree, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from filo.collaborative.connectors.models.connection import Exchange
from filo.foundation.ids import uuid7

CONFLICT_STATES = [
    ("open", pgettext_lazy("a disagreement", "To be decided")),
    ("ours", pgettext_lazy("a disagreement", "Filo’s value holds")),
    ("theirs", pgettext_lazy("a disagreement", "The back office’s value holds")),
    ("gone", pgettext_lazy("a disagreement", "Settled by itself")),
]


class Conflict(models.Model):
    """A value that both sides changed, or that the other side changed where ours holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, db_index=False, related_name="conflicts")
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=CONFLICT_STATES, default="open")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Conflict]] = models.Manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "key", "field"], name="conflict_once", condition=Q(state="open")
            )
        ]
