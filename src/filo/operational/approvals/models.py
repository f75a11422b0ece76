"""What waits for a decision, and who stands in while somebody is away."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.approvals.policies import APPROVAL_DECIDED, APPROVAL_SEEN

STATES = [
    ("waiting", pgettext_lazy("an approval", "Waiting")),
    ("approved", pgettext_lazy("an approval", "Approved")),
    ("refused", pgettext_lazy("an approval", "Refused")),
    ("withdrawn", pgettext_lazy("an approval", "No longer asked")),
]


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Approvals; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those one asked for, may decide, or stands in for."""
        return self.filter(APPROVAL_SEEN.rows(principal))

    def to_be_decided_by(self, principal: Principal) -> Self:
        """Those that wait for this principal; nobody decides what he asked for himself."""
        waiting = self.filter(APPROVAL_DECIDED.rows(principal), state="waiting")
        return waiting.exclude(asked_by=principal.user_id) if principal.user_id else waiting

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("asked_by", "decided_by", "person", "company")


class Approval(models.Model):
    """What is asked (`what`), and why it is not to be decided alone (`why`), about a thing of some kind.

    person: who is asked by name; empty: whoever's right to decide reaches `unit`. weight: how much it takes, in the
    measure of its kind (for a quote: percent off the list), so that only those decide who may give so much.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    what = models.CharField(max_length=200)
    why = models.CharField(max_length=1000)
    weight = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=STATES, default="waiting")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Approval]] = models.Manager.from_queryset(ApprovalQuerySet)()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-asked_at", "-id"], name="approval_by_state"),
            models.Index(fields=["subject_kind", "subject_id", "-asked_at"], name="approval_of_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=Q(state="waiting"), name="approval_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "withdrawn")) | Q(decided_at__isnull=False),
                name="approval_decided_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.state == "waiting"


class StandIn(models.Model):
    """Who decides in the place of somebody who is away, on these days, both included."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stand_in = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField()

    objects: ClassVar[models.Manager[StandIn]] = models.Manager()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("stand-ins")
        ordering = ["from_day", "id"]
        indexes = [models.Index(fields=["stand_in", "until_day"], name="stand_in_now")]
        constraints = [
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="stand_in_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("stand_in")), name="stand_in_is_another"),
        ]
