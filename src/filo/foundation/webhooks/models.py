"""Addresses that are told of events, what was sent to each, and every attempt at it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.webhooks.policies import sees_webhooks
from filo.foundation.webhooks.words import DISABLED_BECAUSE

REMEMBERED = 100


class EndpointState(models.TextChoices):
    """Paused: by a person, and events wait. Disabled: by too many failures, and events are not collected."""

    ACTIVE = "active", pgettext_lazy("a webhook", "Active")
    PAUSED = "paused", _("Paused")
    DISABLED = "disabled", _("Switched off")


class DeliveryState(models.TextChoices):
    """Failed: will be tried again. Given up: tried for days; only a person tries again."""

    PENDING = "pending", _("Waiting")
    DELIVERED = "delivered", pgettext_lazy("a delivery", "Delivered")
    FAILED = "failed", _("To be tried again")
    GIVEN_UP = "given-up", pgettext_lazy("a delivery", "Given up")
    CANCELLED = "cancelled", pgettext_lazy("a delivery", "Cancelled")


OPEN = (DeliveryState.PENDING, DeliveryState.FAILED)
MEANINGS = {
    EndpointState.ACTIVE: "good",
    EndpointState.PAUSED: "warn",
    EndpointState.DISABLED: "bad",
    DeliveryState.PENDING: "info",
    DeliveryState.DELIVERED: "good",
    DeliveryState.FAILED: "warn",
    DeliveryState.GIVEN_UP: "bad",
    DeliveryState.CANCELLED: "",
}


class EndpointQuerySet(models.QuerySet["WebhookEndpoint"]):
    """Endpoints; every read by a person starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """All for who may see webhooks, none for others; deleted ones for nobody."""
        return self.filter(deleted_at=None) if sees_webhooks(principal) else self.none()

    def listening(self) -> Self:
        """Those for whom events are collected."""
        return self.filter(deleted_at=None).exclude(state=EndpointState.DISABLED)


class WebhookEndpoint(models.Model):
    """An address that is told of events. `types` are names or beginnings: `*`, `party.*`, `task.done`.

    `recent` tells how the last attempts went, the newest last: + and -. After failures in a row nothing is sent
    before `rests_until`. Whoever sends holds `busy_until` under the name `busy_by`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url = models.CharField(max_length=2000)
    description = models.CharField(max_length=200, blank=True)
    types = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=EndpointState, default=EndpointState.ACTIVE)
    disabled_because = models.CharField(max_length=20, blank=True)
    sealed_secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True)
    recent = models.CharField(max_length=REMEMBERED, blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    last_delivered_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    busy_by = models.UUIDField(null=True)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EndpointState.values), name="webhook_state_known"),
        ]

    def __str__(self) -> str:
        return self.description or self.url

    @property
    def meaning(self) -> str:
        """Which of the four meanings of colour the state has (`data-mean`)."""
        return "warn" if self.state == EndpointState.ACTIVE and self.failures else MEANINGS[EndpointState(self.state)]

    @property
    def because(self) -> str:
        """Why it switched itself off, in a sentence; empty while it is on."""
        return str(DISABLED_BECAUSE.get(self.disabled_because, ""))

    @property
    def success_rate(self) -> int | None:
        """How many of a hundred attempts went well lately; None before the first."""
        return round(100 * self.recent.count("+") / len(self.recent)) if self.recent else None


class WebhookDelivery(models.Model):
    """One event for one endpoint. `sequence` is the event's place among all, and decides who waits for whom.

    `body` is kept only of what is no event of the outbox (a test).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries")
    event_id = models.UUIDField()
    type = models.CharField(max_length=80)
    subject = models.UUIDField()
    sequence = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField(null=True)
    error = models.CharField(max_length=20, blank=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "event_id"], name="webhook_delivery_once"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="webhook_delivery_state_known"),
        ]
        indexes = [
            models.Index(fields=["endpoint", "id"], name="webhook_log"),
            models.Index(fields=["endpoint", "state", "id"], name="webhook_log_by_state"),
            models.Index(fields=["endpoint", "sequence"], condition=Q(state__in=OPEN), name="webhook_to_send"),
            # Whole, for SQLite sees no partial index behind the parameters of an IN.
            models.Index(fields=["endpoint", "subject", "sequence"], name="webhook_waits"),
            models.Index(fields=["created_at"], name="webhook_delivery_age"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether something more happens by itself."""
        return self.state in OPEN

    @property
    def is_test(self) -> bool:
        """Whether it was sent by hand to try the address out."""
        return self.body is not None

    @property
    def meaning(self) -> str:
        """Which of the four meanings of colour the state has (`data-mean`)."""
        return MEANINGS[DeliveryState(self.state)]


class WebhookAttempt(models.Model):
    """One attempt at a delivery and what came back, of the answer at most the first thousand bytes."""

    id = models.BigAutoField(primary_key=True)
    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    milliseconds = models.PositiveIntegerField()
    error = models.CharField(max_length=20, blank=True)
    answer = models.TextField(blank=True)
