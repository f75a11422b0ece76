"""What was answered to a request that named an idempotency key, so that it can be answered again."""

from __future__ import annotations

from django.db import models

from filo.foundation.ids import uuid7


class IdempotencyRecord(models.Model):
    """One answered POST; `principal` is the key of the token that asked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    principal = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=400)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["principal", "key"], name="idempotency_once")]
