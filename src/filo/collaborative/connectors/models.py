"""Connections to back offices, what is exchanged over each, what both sides know, and where they disagree."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.connectors.policies import CONNECTION_SEEN
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7

OWNERS = [
    ("theirs", pgettext_lazy("whose value holds", "The back office’s")),
    ("ours", pgettext_lazy("whose value holds", "Filo’s")),
    ("ask", pgettext_lazy("whose value holds", "A person decides")),
]
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
CONFLICT_STATES = [
    ("open", pgettext_lazy("a disagreement", "To be decided")),
    ("ours", pgettext_lazy("a disagreement", "Filo’s value holds")),
    ("theirs", pgettext_lazy("a disagreement", "The back office’s value holds")),
    ("gone", pgettext_lazy("a disagreement", "Settled by itself")),
]


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Connections; every read by a person starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """All for who sees the settings, none for others."""
        return self.filter(CONNECTION_SEEN.rows(principal))


class Connection(models.Model):
    """A back office. given: what its kind has to know (a folder, an address); sealed_secret: its key, sealed.

    every_minutes: how often it is looked at; next_at: when again. failures: how often in a row it was not reached;
    failed_because: the last sentence about that.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    company = models.ForeignKey("organisation.SellingCompany", models.PROTECT, null=True, blank=True, related_name="+")
    given = models.JSONField(default=dict)
    sealed_secret = models.TextField(blank=True)
    active = models.BooleanField(default=True)
    every_minutes = models.PositiveIntegerField(default=15)
    next_at = models.DateTimeField()
    last_ok_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failed_because = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Connection]] = models.Manager.from_queryset(ConnectionQuerySet)()

    class Meta:
        verbose_name = _("back office")
        verbose_name_plural = _("back offices")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Exchange(models.Model):
    """One subject over one connection. columns: `{their column: our field}`; owners: `{our field: whose value holds}`.

    mark: how far the back office was read; as_of: how old what it said last is. busy_until, busy_by: who is at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    connection = models.ForeignKey(Connection, models.CASCADE, db_index=False, related_name="exchanges")
    subject = models.CharField(max_length=20)
    active = models.BooleanField(default=True)
    columns = models.JSONField(default=dict)
    owners = models.JSONField(default=dict)
    mark = models.CharField(max_length=300, blank=True)
    as_of = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    busy_by = models.UUIDField(null=True)

    objects: ClassVar[models.Manager[Exchange]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["connection", "subject"], name="exchange_once")]


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


class RejectedRow(models.Model):
    """A row that could not be taken, with the sentence why; it stays until it was taken or a person put it away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, db_index=False, related_name="rejected")
    key = models.CharField(max_length=120)
    row = models.JSONField()
    because = models.CharField(max_length=300)
    source = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[RejectedRow]] = models.Manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["exchange", "key"], name="rejected_row_once", condition=Q(ended_at=None))
        ]
        indexes = [models.Index(fields=["exchange", "-at"], name="rejected_rows_of_exchange")]


class Known(models.Model):
    """What both sides knew last of one thing: the base that changes on either side are seen against."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, db_index=False, related_name="+")
    key = models.CharField(max_length=120)
    values = models.JSONField(default=dict)
    seen_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Known]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "key"], name="known_once")]


class Conflict(models.Model):
    """A value that both sides changed, or that the other side changed where ours holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exchange = models.ForeignKey(Exchange, models.CASCADE, db_index=False, related_name="conflicts")
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    ours = models.TextField(blank=True)
    theirs = models.TextField(blank=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=CONFLICT_STATES, default="open")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Conflict]] = models.Manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exchange", "key", "field"], name="conflict_once", condition=Q(state="open")
            )
        ]
