"""A change of many parties at once: who is chosen, what is done to them, how far it is, how it was taken back."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.policies import bulk_edits_of


class BulkState(models.TextChoices):
    """Ready: to be run, waiting for a worker. Back: being taken back. Undone: taken back."""

    CHOSEN = "chosen", _("Being prepared")
    READY = "ready", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
    BACK = "back", _("Being taken back")
    UNDONE = "undone", _("Undone")


OVER = (BulkState.DONE, BulkState.CANCELLED, BulkState.FAILED)


class BulkEditQuerySet(models.QuerySet["BulkEdit"]):
    """Changes of many; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """One's own, or everybody's for who looks after all work."""
        return self.filter(bulk_edits_of(principal))

    def for_page(self) -> Self:
        """Without the long columns."""
        return self.defer("chosen", "seen")


class BulkEdit(models.Model):
    """One act on many parties; its id is the operation of all audit rows.

    `chosen` are the ids, sixteen bytes each, in the order of the work; `seen` what each was when the act was
    previewed, eight bytes each; `position` is how many are dealt with. `left` counts by reason who was not
    changed. `back_after` is the audit row up to which it was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    state = models.CharField(max_length=10, choices=BulkState, default=BulkState.CHOSEN)
    act = models.JSONField(default=dict)
    chosen = models.BinaryField()
    seen = models.BinaryField(default=b"")
    foreseen = models.JSONField(null=True)
    total = models.PositiveIntegerField()
    position = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    left = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)
    job = models.UUIDField(null=True)
    back_job = models.UUIDField(null=True)
    back_operation = models.UUIDField(null=True)
    back_after = models.UUIDField(null=True)
    back_done = models.PositiveIntegerField(default=0)
    back_left = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[BulkEdit]] = models.Manager.from_queryset(BulkEditQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="bulk_edit_of_person")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=BulkState.values), name="bulk_edit_state_known"),
            models.CheckConstraint(
                condition=models.Q(position__lte=models.F("total")), name="bulk_edit_within_its_choice"
            ),
        ]

    @property
    def is_under_way(self) -> bool:
        """Whether something is being done without anybody doing more."""
        return self.state in (BulkState.READY, BulkState.RUNNING, BulkState.BACK)
