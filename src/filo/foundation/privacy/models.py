"""Rules of retention, what came of them night by night, and whose data is held."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.privacy.policies import sees_privacy


class RuleQuerySet(models.QuerySet["RetentionRule"]):
    """Rules; every read by a person starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """All for who looks after privacy, none for others."""
        return self if sees_privacy(principal) else self.none()


class RetentionRule(models.Model):
    """Rows of a kind (of one source, for one purpose, or of any) are kept so many days. The narrowest rule decides."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=80, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    days = models.PositiveIntegerField()
    active = models.BooleanField(default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["kind", "source", "purpose"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "purpose"], name="retention_rule_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="retention_rule_days"),
        ]

    @property
    def narrowness(self) -> int:
        """The higher, the narrower: source and purpose, source, purpose, neither."""
        return 2 * bool(self.source) + bool(self.purpose)


class RetentionRun(models.Model):
    """What one night's job did by one rule: as many rows let go, as many held, and the oldest that is left."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(RetentionRule, models.CASCADE, related_name="runs")
    job = models.UUIDField()
    days = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True)
    stopped = models.BooleanField(default=False)
    purged = models.PositiveBigIntegerField(default=0)
    held = models.PositiveBigIntegerField(default=0)
    oldest_left = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["job", "rule"], name="retention_run_once")]


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds; every read by a person starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """All for who looks after privacy, none for others."""
        return self if sees_privacy(principal) else self.none()

    def standing(self) -> Self:
        """Those that hold today."""
        return self.filter(lifted_at=None).filter(Q(until=None) | Q(until__gte=clock.today()))


class Hold(models.Model):
    """Nothing takes away the data of somebody until this is lifted, or its last day is over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=300)
    until = models.DateField(null=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    placed_by_name = models.CharField(max_length=160)
    placed_at = models.DateTimeField()
    lifted_by_name = models.CharField(max_length=160, blank=True)
    lifted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=Q(lifted_at=None), name="hold_once"
            ),
        ]
        indexes = [models.Index(fields=["subject_id", "subject_kind"], name="hold_of_subject")]
