"""One row for each change: what, by whom, when, through which door, from what to what."""

from __future__ import annotations

from django.db import models

from filo.foundation.ids import uuid7


class AuditEntry(models.Model):
    """`changes` maps each field to [before, after]; `operation` joins the rows of one act."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    operation = models.UUIDField(db_index=True)
    actor = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=160)
    door = models.CharField(max_length=20)
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "at"])]
