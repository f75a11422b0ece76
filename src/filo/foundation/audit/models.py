"""One row for each change: what, by whom, when, through which door, from what to what; and the seals over them."""

from __future__ import annotations

from django.db import models

from filo.foundation.ids import uuid7


class AuditEntry(models.Model):
    """`changes` maps each field to [before, after]; `operation` joins the rows of one act.

    `undoes` is the operation that this one took back; `seal` the number of the batch that it was sealed in.
    """

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
    undoes = models.UUIDField(null=True)
    seal = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "object_id", "at"]),
            models.Index(fields=["seal", "id"], name="audit_by_seal"),
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["undoes"], name="audit_taken_back", condition=models.Q(undoes__isnull=False)),
        ]


class AuditSeal(models.Model):
    """A closed batch: its digest covers the digest before it and every row, so that nothing changes unseen."""

    number = models.PositiveIntegerField(primary_key=True)
    first = models.UUIDField()
    last = models.UUIDField()
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()


class AuditCheck(models.Model):
    """The chain was gone through: up to which seal it was whole, or where it is broken and how."""

    at = models.DateTimeField()
    seals = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    entries = models.PositiveIntegerField()
    flaw = models.CharField(max_length=12, blank=True)
    entry = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
