"""Rows of back offices: those that were not taken, and what both sides knew last."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from filo.collaborative.connectors.models.connection import Exchange
from filo.foundation.ids import uuid7


class RejectedRow(models.Model):
    """A row that could not be taken, with the sentence why; it stays until it was taken or a person put it away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, db_index=False, related_name="rejected")
    key = models.CharField(max_length=120)
    row = models.JSONField()
    because = models.CharField(max_length=300)
    source = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[RejectedRow]] = models.Manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "key"], name="rejected_row_once", condition=Q(ended_at=None))
        ]
        indexes = [models.Index(fields=["exchange", "-at"], name="rejected_rows_of_exchange")]


class Known(models.Model):
    """What both sides knew last of one thing: the base that changes on either side are seen against."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, db_index=False, related_name="+")
    key = models.CharField(max_length=120)
    values = models.JSONField(default=dict)
    seen_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Known]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "key"], name="known_once")]
