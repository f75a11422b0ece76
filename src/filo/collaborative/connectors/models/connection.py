"""Connections to back offices, and what is exchanged over each."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
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
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Exchange]] = models.Manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["connection", "subject"], name="exchange_once")]
