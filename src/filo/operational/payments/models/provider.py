"""With whom we take money, and every message that he sent us."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from filo.foundation.ids import uuid7
from filo.operational.payments.models.words import EVENT_STATES


class ProviderAccount(models.Model):
    """kind: the folder in `providers/` that speaks with him. sandbox: his counterpart is the one inside Filo, and no
    money moves; else `base` is the address of his API. secret_key, webhook_secret: sealed. iban, holder: where money
    is sent to, for transfers.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organisation.SellingCompany", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    sandbox = models.BooleanField(default=False)
    base = models.CharField(max_length=300, blank=True)
    secret_key = models.TextField(blank=True)
    webhook_secret = models.TextField(blank=True)
    iban = models.CharField(max_length=34, blank=True)
    holder = models.CharField(max_length=120, blank=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ProviderAccount]] = models.Manager()

    class Meta:
        ordering = ["kind", "id"]
        constraints = [models.UniqueConstraint(fields=["company", "kind"], name="provider_once_for_a_company")]

    def __str__(self) -> str:
        return self.kind


class ProviderEvent(models.Model):
    """One message, whole as it came. event_id: his own, so that each has its effect exactly once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(ProviderAccount, models.CASCADE, db_index=False, related_name="+")
    event_id = models.CharField(max_length=120)
    type = models.CharField(max_length=80)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    raw = models.TextField()
    state = models.CharField(max_length=8, choices=EVENT_STATES, default="waiting")
    reason = models.CharField(max_length=200, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    payment = models.ForeignKey("payments.Payment", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager[ProviderEvent]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="provider_event_waiting", condition=Q(state="waiting"))]
        constraints = [models.UniqueConstraint(fields=["account", "event_id"], name="provider_event_once")]


class SandboxSession(models.Model):
    """What the provider inside Filo knows of a payment that was begun with it: his side, not ours."""

    id = models.CharField(primary_key=True, max_length=80)
    key = models.CharField(max_length=120, unique=True)
    intent = models.CharField(max_length=80)
    account = models.ForeignKey(ProviderAccount, models.CASCADE, related_name="+")
    reference = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    success_url = models.CharField(max_length=500)
    cancel_url = models.CharField(max_length=500)
    outcome = models.CharField(max_length=10, blank=True)
    refunded_cents = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SandboxSession]] = models.Manager()


class SandboxAnswer(models.Model):
    """What the provider inside Filo answered to a request with a key. asked: a digest of the address and the fields."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(ProviderAccount, models.CASCADE, db_index=False, related_name="+")
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[SandboxAnswer]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="sandbox_answer_once")]


class RefundCap(models.Model):
    """How much of one payment a role may give back without asking, in the currency of the payment; none: as much as
    it likes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    role = models.SlugField(max_length=60, unique=True)
    most = models.DecimalField(max_digits=14, decimal_places=2)

    objects: ClassVar[models.Manager[RefundCap]] = models.Manager()

    class Meta:
        ordering = ["role"]
        constraints = [models.CheckConstraint(condition=Q(most__gte=0), name="refund_cap_not_below_zero")]
