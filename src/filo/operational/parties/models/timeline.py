"""One row for everything that happened between us and a party."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.policies import TIMELINE_SEEN


class TimelineQuerySet(models.QuerySet["TimelineEntry"]):
    """Entries; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """What this principal may see of what happened. Callers fetch the party by its own rule first."""
        return self.filter(TIMELINE_SEEN.rows(principal))


class TimelineEntry(models.Model):
    """What happened, in one line; bodies live with the thing that `reference` names.

    `object` is the access object whose rights decide who sees it; actor, owner, unit and company are
    facts of the moment, never lists of viewers. One happening that concerns a person and his
    organisation is one row for each, with the same `event_id` and the party it began with.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, db_index=False, related_name="timeline")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    object = models.CharField(max_length=40)
    channel = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=3, blank=True, choices=[("in", "in"), ("out", "out")])
    summary = models.CharField(max_length=300)
    excerpt = models.CharField(max_length=600, blank=True)
    outcome = models.CharField(max_length=80, blank=True)
    reference_kind = models.CharField(max_length=40, blank=True)
    reference_id = models.UUIDField(null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, db_index=False, related_name="+")
    actor_name = models.CharField(max_length=160, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, db_index=False, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    company = models.ForeignKey(
        "organisation.SellingCompany", models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    relationship = models.ForeignKey("parties.Relationship", models.SET_NULL, null=True, related_name="+")
    event_id = models.UUIDField(default=uuid7)
    origin_party = models.UUIDField(null=True)
    data = models.JSONField(default=dict, blank=True)

    objects: ClassVar[models.Manager[TimelineEntry]] = models.Manager.from_queryset(TimelineQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["party", "-at", "-id"], name="timeline_of_party"),
            models.Index(fields=["party", "owner", "-at"], name="timeline_of_owner"),
            models.Index(fields=["owner", "-at"], name="timeline_by_owner"),
            models.Index(fields=["-at"], name="timeline_by_time"),
            models.Index(fields=["reference_id"], name="timeline_by_reference"),
        ]
