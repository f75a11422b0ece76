"""An import: one file on its way in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.transfer.places import original_of, table_of
from filo.operational.transfer.policies import IMPORT_SEEN

KINDS = [
    ("organisations", _("Organisations")),
    ("people", _("People")),
    ("parties", _("People and organisations")),
    ("products", _("Products")),
    ("orders", _("Orders of the past")),
]
MODES = [
    ("upsert", _("Add who is new, update who is there")),
    ("create", _("Only add who is new")),
    ("update", _("Only update who is there")),
]


# What is done where a file says otherwise than a card.
CONFLICTS = [
    ("file", _("The file wins")),
    ("fill", _("Only fill what is empty")),
    ("hand", _("What people wrote by hand stays")),
    ("ask", _("Ask, value by value")),
]


class BatchState(models.TextChoices):
    """Ready: to be run, waiting for a worker. Back: being taken back. Undone: taken back as a whole. Again: on the
    way from there to what it was before.
    """

    DRAFT = "draft", _("Being prepared")
    READY = "ready", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Failed")
    BACK = "back", _("Being taken back")
    UNDONE = "undone", _("Undone")
    AGAIN = "again", _("Coming in again")


OVER = (BatchState.DONE, BatchState.CANCELLED, BatchState.FAILED)
# Going back to before it, or forth again.
TURNING = (BatchState.BACK, BatchState.AGAIN)


class BatchQuerySet(models.QuerySet["ImportBatch"]):
    """Imports; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those this principal may see: own, of the unit, or all."""
        return self.filter(IMPORT_SEEN.rows(principal))


class ImportBatch(models.Model):
    """One file on its way in. `position` is the number of the last row that was dealt with.

    `format` is the kind of the file, `part` the sheet that is read and `parts` all of them as [name, rows]; `origin`
    is the program that it was exported from, `origin_mapping` what else told the meaning of its columns, and
    `fingerprint` stands for the set of its headers. `kept` counts the values that the rows would have written
    otherwise, but for the rule of `conflict`. `keys` are those by which rows are recognised, in their order, none
    as Filo does it (see `transfer/keys.py`). `firms` counts those that were made because people name them
    (`make_firms`): they are no rows.

    Its id is the operation of all audit rows of the run. `acts` are the operations that took it back and brought
    it in again, in their order; of the last one `turned_to` is the number of the row down to which it has come,
    `turned` and `left` count the rows. `times` are the seconds that each kind of work took.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20, choices=KINDS)
    mode = models.CharField(max_length=10, choices=MODES, default="upsert")
    conflict = models.CharField(max_length=10, choices=CONFLICTS, default="file")
    source = models.CharField(max_length=80, blank=True)
    format = models.CharField(max_length=20, default="text")
    part = models.CharField(max_length=200, blank=True)
    parts = models.JSONField(default=list)
    keys = models.JSONField(default=list)
    make_firms = models.BooleanField(default=True)
    show_new = models.BooleanField(default=False)
    origin = models.CharField(max_length=40, blank=True)
    origin_mapping = models.CharField(max_length=80, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    encoding = models.CharField(max_length=20)
    delimiter = models.CharField(max_length=1)
    has_header = models.BooleanField(default=True)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=BatchState, default=BatchState.DRAFT)
    total = models.PositiveBigIntegerField(default=0)
    position = models.PositiveBigIntegerField(default=0)
    created = models.PositiveBigIntegerField(default=0)
    updated = models.PositiveBigIntegerField(default=0)
    unchanged = models.PositiveBigIntegerField(default=0)
    rejected = models.PositiveBigIntegerField(default=0)
    duplicates = models.PositiveBigIntegerField(default=0)
    warned = models.PositiveBigIntegerField(default=0)
    kept = models.PositiveBigIntegerField(default=0)
    firms = models.PositiveBigIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    trial = models.JSONField(null=True)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, related_name="+")
    product_line = models.ForeignKey("organisation.ProductLine", models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("organisation.Area", models.PROTECT, null=True, related_name="+")
    channel = models.ForeignKey("organisation.Channel", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    job = models.UUIDField(null=True)
    times = models.JSONField(default=dict)
    acts = models.JSONField(default=list)
    turned_to = models.PositiveBigIntegerField(null=True)
    turned = models.PositiveBigIntegerField(default=0)
    left = models.PositiveBigIntegerField(default=0)
    turned_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)
    resumed_from = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[ImportBatch]] = models.Manager.from_queryset(BatchQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["created_by", "-id"], name="import_of_person"),
            models.Index(fields=["sha256"], name="import_by_file"),
            models.Index(fields=["fingerprint", "-id"], name="import_by_headers"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=BatchState.values), name="import_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(
                    total=models.F("created") + models.F("updated") + models.F("unchanged") + models.F("rejected")
                ),
                name="import_every_row_accounted",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def original(self) -> Path:
        """Where the file is kept: named by its hash, never by what people call it."""
        return original_of(self.sha256)

    @property
    def path(self) -> Path:
        """The text table that rows are read from: the file itself, or what it was unfolded into."""
        return self.original if self.format == "text" else table_of(self.original, self.part)

    @property
    def done(self) -> int:
        """How many rows are dealt with."""
        return self.created + self.updated + self.unchanged + self.rejected

    @property
    def is_open(self) -> bool:
        """Whether it can still be cancelled."""
        return self.state in (BatchState.DRAFT, BatchState.READY, BatchState.RUNNING)

    @property
    def is_under_way(self) -> bool:
        """Whether rows are coming in, or will without anybody doing more."""
        return self.state in (BatchState.READY, BatchState.RUNNING)

    @property
    def is_turning(self) -> bool:
        """Whether it is being taken back, or brought in again."""
        return self.state in TURNING

    @property
    def to_turn(self) -> int:
        """How many rows there are to take back."""
        return self.created + self.updated

    @property
    def number_turned(self) -> int:
        """How many of them are dealt with."""
        return self.turned + self.left

    @property
    def state_when_in(self) -> BatchState:
        """The state in which its rows left it, whatever was done with it since."""
        if self.error:
            return BatchState.FAILED
        return BatchState.DONE if self.done == self.total else BatchState.CANCELLED

    @property
    def seconds(self) -> float:
        """How long it has taken, or took."""
        if self.started_at is None:
            return 0.0
        return ((self.finished_at or clock.now()) - self.started_at).total_seconds()

    @property
    def rate(self) -> float | None:
        """Rows a second since it was begun or taken up again."""
        if self.resumed_at is None or self.done <= self.resumed_from:
            return None
        seconds = ((self.finished_at or clock.now()) - self.resumed_at).total_seconds()
        return (self.done - self.resumed_from) / seconds if seconds > 0 else None

    @property
    def time_left(self) -> timedelta | None:
        """How long it will take at the rate so far; None when that is not known."""
        if self.state != BatchState.RUNNING or not self.rate:
            return None
        return timedelta(seconds=max(0, self.total - self.done) / self.rate)
