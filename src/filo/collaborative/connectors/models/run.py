"""One look at a back office, and what became of its rows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from filo.collaborative.connectors.models.connection import Exchange
from filo.foundation.ids import uuid7

RUN_STATES = [
    ("running", pgettext_lazy("an exchange", "Running")),
    ("done", pgettext_lazy("an exchange", "Done")),
    ("failed", pgettext_lazy("an exchange", "Not finished")),
]
HOWS = [
    ("schedule", pgettext_lazy("an exchange began", "By the clock")),
    ("hand", pgettext_lazy("an exchange began", "By hand")),
    ("webhook", pgettext_lazy("an exchange began", "The back office called")),
]


class SyncRun(models.Model):
    """One look at a back office: rows in and what became of each, rows out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, db_index=False, related_name="runs")
    how = models.CharField(max_length=10, choices=HOWS, default="schedule")
    state = models.CharField(max_length=8, choices=RUN_STATES, default="running")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rows_in = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    conflicts = models.PositiveIntegerField(default=0)
    rows_out = models.PositiveIntegerField(default=0)
    because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager[SyncRun]] = models.Manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["exchange", "-started_at", "-id"], name="sync_runs_of_exchange")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    rows_in=models.F("created") + models.F("updated") + models.F("unchanged") + models.F("rejected")
                ),
                name="sync_run_accounts_for_all",
            )
        ]
