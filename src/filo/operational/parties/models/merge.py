"""Two cards that were one customer: what their merge moved and changed, so that it can be taken back at any time."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.models.party import Party


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those into a party that this principal sees."""
        return self.filter(kept__in=Party.objects.visible_to(principal))


class Merge(models.Model):
    """`absorbed` became part of `kept`; `undone_at` is when both stood alone again.

    `journal` holds what was changed otherwise than by moving rows: "facts" {name: [before, after]}, "ties"
    [{"id", "changes": {column: [before, after]}}], "preferred" (points that were preferred on their card) and
    "made" (members that the merge added).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    absorbed = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    journal: Any = models.JSONField(default=dict)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=160)
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Merge]] = models.Manager.from_queryset(MergeQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["kept", "-at"], name="merge_of_kept"),
            models.Index(fields=["-at"], name="merge_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["absorbed"], condition=Q(undone_at=None), name="merge_once"),
            models.CheckConstraint(condition=~Q(kept=models.F("absorbed")), name="merge_of_two"),
        ]


class MergedRow(models.Model):
    """A row that a merge moved: `column` of the row `key` of `model` named `was` before."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="rows")
    model = models.CharField(max_length=60)
    column = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    was = models.UUIDField()
