"""What was told to open pages during the last day."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class PushMessage(models.Model):
    """One thing that changed: what it concerns, never what it says."""

    id = models.BigAutoField(primary_key=True)
    topic = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["id"]
