"""What the columns of a source mean."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from filo.foundation.ids import uuid7
from filo.operational.transfer.models.batch import CONFLICTS, KINDS


class ImportMapping(models.Model):
    """What the columns of a source mean, kept under a name: {folded header: field}, and which of two values stays.

    The next file with the same set of headers, for which `fingerprint` stands, gets it by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=KINDS)
    columns: Any = models.JSONField(default=dict)
    conflict = models.CharField(max_length=10, choices=CONFLICTS, default="file")
    fingerprint = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["fingerprint", "-updated_at"], name="import_mapping_by_headers")]
        constraints = [models.UniqueConstraint(fields=["name", "kind"], name="import_mapping_once")]

    def __str__(self) -> str:
        return self.name
