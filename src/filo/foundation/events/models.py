"""The outbox of events, what was handled, and what has to be tried again."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class OutboxEvent(models.Model):
    """One announced event, in the shape of CloudEvents 1.0; `id` is its place in the sequence."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(unique=True, default=uuid7, editable=False)
    type = models.CharField(max_length=80)
    source = models.CharField(max_length=200)
    subject = models.UUIDField()
    time = models.DateTimeField()
    data = models.JSONField(default=dict)
    actor = models.CharField(max_length=160)
    actor_id = models.UUIDField(null=True)
    operation_id = models.UUIDField(null=True)
    request_id = models.UUIDField(null=True)
    relayed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["id"], condition=models.Q(relayed_at=None), name="outbox_unrelayed"),
            models.Index(
                fields=["relayed_at", "id"], condition=models.Q(relayed_at__isnull=False), name="outbox_by_relay"
            ),
        ]


class HandledEvent(models.Model):
    """That a handler did its part for an event: written with its effect, so that it is done once."""

    id = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField()
    handler = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event_id", "handler"], name="handled_once")]


class FailedDelivery(models.Model):
    """A delivery to try again at `next_at`, or parked for people to look at once `parked_at` is set."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(OutboxEvent, models.CASCADE, related_name="failed_deliveries")
    handler = models.CharField(max_length=200)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.TextField(blank=True)
    parked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="failed_delivery_once")]
        indexes = [
            models.Index(fields=["next_at"], condition=models.Q(parked_at=None), name="failed_delivery_due"),
        ]
