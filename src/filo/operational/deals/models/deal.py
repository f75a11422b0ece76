"""A deal: what we may sell to a customer."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.money import Money, cents
from filo.operational.deals.models.pipeline import KINDS
from filo.operational.deals.policies import DEAL_SEEN

STATES = KINDS


class DealQuerySet(models.QuerySet["Deal"]):
    """Deals; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may see, without those in the bin."""
        return self.filter(DEAL_SEEN.rows(principal), deleted_at=None)

    def in_bin(self, principal: Principal) -> Self:
        """Those that this principal could see before they were thrown away."""
        return self.filter(DEAL_SEEN.rows(principal), deleted_at__isnull=False)

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "stage", "pipeline", "owner", "company")


class Deal(models.Model):
    """What we may sell to whom, for how much, by when.

    state: what kind its stage is. probability: somebody's own estimate instead of the stage's; chance: the one that
    counts. fields: values of the firm's own fields, by their codes. closed_at, closed_on: when it was won or lost, and
    on which day that was for whoever did it. stale_at: from when on it is stale if nothing happens before, empty while
    it cannot be; stale_told: whether that was announced. next_on: the day of the next step. referral_code: the code
    that was named; referred_by: whose it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200)
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    relationship = models.ForeignKey("parties.Relationship", models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    pipeline = models.ForeignKey("deals.Pipeline", models.PROTECT, db_index=False, related_name="+")
    stage = models.ForeignKey("deals.PipelineStage", models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=4, choices=STATES, default="open")
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    currency = models.CharField(max_length=3, default="EUR")
    probability = models.PositiveSmallIntegerField(null=True)
    chance = models.PositiveSmallIntegerField(default=0)
    close_date = models.DateField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    company = models.ForeignKey(
        "organisation.SellingCompany", models.PROTECT, null=True, db_index=False, related_name="+"
    )
    area = models.ForeignKey("organisation.Area", models.SET_NULL, null=True, db_index=False, related_name="+")
    channel = models.ForeignKey("organisation.Channel", models.SET_NULL, null=True, db_index=False, related_name="+")
    product_line = models.ForeignKey(
        "organisation.ProductLine", models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    source = models.CharField(max_length=80, blank=True)
    referral_code = models.CharField(max_length=20, blank=True)
    referred_by = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    description = models.TextField(blank=True)
    fields = models.JSONField(default=dict, blank=True)
    loss_reason = models.ForeignKey("deals.LossReason", models.PROTECT, null=True, db_index=False, related_name="+")
    loss_note = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    stage_since = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    stale_at = models.DateTimeField(null=True)
    stale_told = models.BooleanField(default=False)
    next_step = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True)
    score = models.SmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Deal]] = models.Manager.from_queryset(DealQuerySet)()

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        indexes = [
            models.Index(
                fields=["stage", "close_date", "id"], name="deal_on_board", condition=Q(state="open", deleted_at=None)
            ),
            models.Index(fields=["owner", "stage"], name="deal_of_owner", condition=Q(state="open", deleted_at=None)),
            models.Index(fields=["owner", "-created_at", "-id"], name="deal_by_owner"),
            models.Index(fields=["-created_at", "-id"], name="deal_by_opening"),
            models.Index(fields=["close_date", "id"], name="deal_by_day"),
            models.Index(fields=["-amount", "-id"], name="deal_by_amount"),
            models.Index(fields=["pipeline", "closed_at"], name="deal_closed", condition=Q(closed_at__isnull=False)),
            models.Index(fields=["stale_at"], name="deal_stale", condition=Q(stale_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=("open", "won", "lost")), name="deal_state_known"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="deal_amount_not_negative"),
            models.CheckConstraint(condition=Q(chance__lte=100), name="deal_chance_in_percent"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, closed_on=None)
                | (~Q(state="open") & Q(closed_at__isnull=False, closed_on__isnull=False)),
                name="deal_closed_when_decided",
            ),
            models.CheckConstraint(
                condition=(Q(state="lost") & Q(loss_reason__isnull=False)) | (~Q(state="lost") & Q(loss_reason=None)),
                name="deal_lost_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it is still to be decided."""
        return self.state == "open"

    @property
    def money(self) -> Money:
        """What it is worth."""
        return Money(self.amount, self.currency)

    @property
    def weighted(self) -> Decimal:
        """What it is worth by its chance."""
        return cents(self.amount * self.chance / 100, self.currency)

    @property
    def is_stale(self) -> bool:
        """Whether nothing happened for longer than its stage allows."""
        return self.is_open and self.stale_at is not None and self.stale_at <= clock.now()

    @property
    def lacks_step(self) -> bool:
        """Whether nobody said what comes next, or the day for it has gone by."""
        return self.is_open and (not self.next_step or self.next_on is None or self.next_on < clock.today())

    def settle(self) -> None:
        """Make the columns that follow from others right: state, chance and when it becomes stale."""
        self.state = self.stage.kind
        own = self.probability if self.is_open else None
        self.chance = self.stage.probability if own is None else own
        stale_at = None
        if self.is_open and self.stage.stale_after:
            stale_at = max(self.last_activity_at, self.stage_since) + timedelta(days=self.stage.stale_after)
        self.stale_told = self.stale_told and stale_at == self.stale_at
        self.stale_at = stale_at


class DealStageChange(models.Model):
    """One step of a deal; `seconds` is how long it had been in the stage before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    deal = models.ForeignKey(Deal, models.CASCADE, db_index=False, related_name="stage_changes")
    pipeline = models.ForeignKey("deals.Pipeline", models.CASCADE, db_index=False, related_name="+")
    from_stage = models.ForeignKey("deals.PipelineStage", models.CASCADE, null=True, db_index=False, related_name="+")
    to_stage = models.ForeignKey("deals.PipelineStage", models.CASCADE, db_index=False, related_name="+")
    seconds = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, db_index=False, related_name="+")
    actor_name = models.CharField(max_length=160, blank=True)

    objects: ClassVar[models.Manager[DealStageChange]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["deal", "at"], name="deal_step_of_deal"),
            models.Index(fields=["pipeline", "at"], name="deal_step_by_time"),
        ]
