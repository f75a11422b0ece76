"""The processes that live, as each tells by itself, and sizes by the day."""

from __future__ import annotations

from django.db import models

from filo.foundation.ids import uuid7


class ProcessBeat(models.Model):
    """One process: it writes `seen_at` every few seconds and takes its row away when it ends as it should."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    host = models.CharField(max_length=120)
    pid = models.PositiveBigIntegerField()
    role = models.CharField(max_length=20)
    version = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    memory = models.PositiveBigIntegerField(default=0)
    sockets = models.PositiveIntegerField(default=0)
    loops = models.JSONField(default=list)


class DailyFigure(models.Model):
    """What something measured at a moment, noted once a day: growth is reckoned from it."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=40)
    at = models.DateTimeField()
    value = models.PositiveBigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["name", "at"], name="daily_figure_by_name")]
