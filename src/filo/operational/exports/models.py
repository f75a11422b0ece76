"""An export: a list that is, or was, taken out as a file; and how much may be taken out in a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.exports.policies import exports_seen

KEPT = timedelta(days=7)


class ExportState(models.TextChoices):
    """Gone: its file was let go of."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
    GONE = "gone", _("File gone")


UNDER_WAY = (ExportState.WAITING, ExportState.RUNNING)


class ExportQuerySet(models.QuerySet["Export"]):
    """Exports; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """One's own, or everybody's for who looks after all work."""
        return self.filter(exports_seen(principal))


class Export(models.Model):
    """A list taken out. `wish` says which rows and columns (see `wishes.py`); `rows` are those that were written."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    what = models.CharField(max_length=20)
    form = models.CharField(max_length=10)
    wish = models.JSONField(default=dict)
    language = models.CharField(max_length=5)
    file_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.WAITING)
    total = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=300, blank=True)
    door = models.CharField(max_length=20)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    token = models.UUIDField(null=True)
    job = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Export]] = models.Manager.from_queryset(ExportQuerySet)()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["created_by", "created_at"], name="export_of_person"),
            models.Index(fields=["token", "created_at"], name="export_of_token"),
            models.Index(fields=["sha256"], name="export_by_file"),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(state__in=ExportState.values), name="export_state")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def path(self) -> Path:
        """Where the file is kept: named by its hash, never by what people call it."""
        return folder() / self.sha256[:2] / self.sha256

    @property
    def is_under_way(self) -> bool:
        """Whether it is still being written."""
        return self.state in UNDER_WAY

    @property
    def has_file(self) -> bool:
        """Whether there is something to download."""
        return self.state == ExportState.DONE

    @property
    def kept_until(self) -> datetime:
        """When its file is let go of."""
        return (self.finished_at or self.created_at) + KEPT

    @property
    def rate(self) -> float | None:
        """Rows a second."""
        if self.started_at is None or not self.rows:
            return None
        seconds = ((self.finished_at or clock.now()) - self.started_at).total_seconds()
        return self.rows / seconds if seconds > 0 else None

    @property
    def time_left(self) -> timedelta | None:
        """How long it will take at the rate so far; None when that is not known."""
        if self.state != ExportState.RUNNING or not self.rate:
            return None
        return timedelta(seconds=max(0, self.total - self.rows) / self.rate)


class ExportLimits(models.Model):
    """How many rows may leave in a day (24 hours): the first number raises an alarm, the second is the end.

    There is one row; an empty number is no limit.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    only = models.BooleanField(default=True, unique=True)
    token_alarm = models.PositiveBigIntegerField(null=True, default=10_000)
    token_most = models.PositiveBigIntegerField(null=True, default=50_000)
    person_alarm = models.PositiveBigIntegerField(null=True, default=50_000)
    person_most = models.PositiveBigIntegerField(null=True, default=500_000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="export_limits_once")]


def folder() -> Path:
    """Where the files of exports lie."""
    return Path(settings.MEDIA_ROOT) / "exports"
