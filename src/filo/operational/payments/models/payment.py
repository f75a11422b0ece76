"""Money that came in or left, what it pays, and what of it was given back."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.payments.models.due import NOTHING, Due
from filo.operational.payments.models.words import DIRECTIONS, METHODS, REFUND_STATES, SOURCES, STATES
from filo.operational.payments.policies import PAYMENT_SEEN


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see, without what was taken back."""
        return self.filter(PAYMENT_SEEN.rows(principal), taken_back_at=None)

    def taken_back(self, principal: Principal) -> Self:
        """Those that were written down by mistake."""
        return self.filter(PAYMENT_SEEN.rows(principal), taken_back_at__isnull=False)

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "company", "owner")


class Payment(models.Model):
    """shared: what of it pays dues, refunded: what was given back; both together never more than `amount`, which the
    database itself refuses. What is left is the customer's credit. wants: the due that it was begun for, on the public
    page. account, provider_ref: who passed it on, and how he calls it; provider_intent: how he calls the money itself,
    for refunds. Its state only ever moves forward: pending, failed, succeeded, refunded. given_back_shares: what it
    paid before it was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, db_index=False, related_name="+")
    party = models.ForeignKey("parties.Party", models.PROTECT, null=True, db_index=False, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    direction = models.CharField(max_length=3, choices=DIRECTIONS, default="in")
    method = models.CharField(max_length=8, choices=METHODS, default="bank")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    shared = models.DecimalField(max_digits=14, decimal_places=2, default=NOTHING)
    refunded = models.DecimalField(max_digits=14, decimal_places=2, default=NOTHING)
    currency = models.CharField(max_length=3, default="EUR")
    paid_on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="succeeded")
    source = models.CharField(max_length=8, choices=SOURCES, default="hand")
    wants = models.ForeignKey(Due, models.SET_NULL, null=True, related_name="+")
    account = models.ForeignKey("payments.ProviderAccount", models.PROTECT, null=True, related_name="+")
    provider_ref = models.CharField(max_length=120, blank=True)
    provider_intent = models.CharField(max_length=120, blank=True)
    provider_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)
    taken_back_at = models.DateTimeField(null=True)
    given_back_shares = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Payment]] = models.Manager.from_queryset(PaymentQuerySet)()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        indexes = [
            models.Index(fields=["-paid_on", "-id"], name="payment_latest"),
            models.Index(fields=["party", "-paid_on", "-id"], name="payment_of_party"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "provider_ref"], condition=~Q(provider_ref=""), name="payment_of_provider_once"
            ),
            models.CheckConstraint(condition=Q(state__in=[code for code, _l in STATES]), name="payment_state_known"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_something"),
            models.CheckConstraint(
                condition=Q(shared__gte=0, refunded__gte=0, amount__gte=F("shared") + F("refunded")),
                name="payment_never_spent_beyond_its_amount",
            ),
            models.CheckConstraint(
                condition=Q(shared=0) | Q(state__in=("succeeded", "refunded"), taken_back_at=None),
                name="payment_pays_only_once_it_is_in",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.get_method_display())

    @property
    def left(self) -> Decimal:
        """What pays nothing yet and was not given back: the customer's credit."""
        return self.amount - self.shared - self.refunded if self.is_in else NOTHING

    @property
    def is_double(self) -> bool:
        """Whether what it was begun for online was paid already when it came in."""
        due = self.wants if self.source == "provider" and self.left > 0 else None
        return due is not None and due.left <= 0 < due.paid

    @property
    def is_in(self) -> bool:
        """Whether the money is there."""
        return self.state in ("succeeded", "refunded") and self.taken_back_at is None


class PaymentShare(models.Model):
    """What of a payment pays a due."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.ForeignKey(Payment, models.CASCADE, db_index=False, related_name="shares")
    due = models.ForeignKey(Due, models.PROTECT, related_name="shares")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    objects: ClassVar[models.Manager[PaymentShare]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "due"], name="payment_share_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_share_is_something"),
        ]

    @property
    def delay(self) -> int:
        """How many days after its day the due was paid by this; below 0: before."""
        return (self.payment.paid_on - self.due.due_on).days


class Refund(models.Model):
    """What of a payment was given back, by whom and why. Its sum counts from when it is begun: one that is asked for,
    or was not approved, counts for nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.ForeignKey(Payment, models.CASCADE, related_name="refunds")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=6, choices=REFUND_STATES, default="done")
    provider_ref = models.CharField(max_length=120, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Refund]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_something")]
