"""Who gets what comes in: rules in their order, and what each of them decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

WAYS = [
    ("turns", _("in turn")),
    ("load", _("whoever has fewest open deals, or fewest leads")),
]


GIVES = [
    ("deals", _("Deals that nobody was named for")),
    ("customers", _("New customers whom nobody follows")),
    ("both", _("Both")),
]


class AssignmentRule(models.Model):
    """Gives what is like this (see `gives`) to one of its people, or to a unit; what is empty does not matter.

    provinces: their signs or beginnings of a postal code, in a line: `MI MB 201`. min_score: for deals with at least
    so many points. last_person: who got the last one in turn; the row is locked while the next is chosen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    gives = models.CharField(max_length=9, choices=GIVES, default="deals")
    pipeline = models.ForeignKey("deals.Pipeline", models.CASCADE, null=True, blank=True, related_name="+")
    company = models.ForeignKey("organisation.SellingCompany", models.CASCADE, null=True, blank=True, related_name="+")
    product_line = models.ForeignKey(
        "organisation.ProductLine", models.CASCADE, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey("organisation.Area", models.CASCADE, null=True, blank=True, related_name="+")
    channel = models.ForeignKey("organisation.Channel", models.CASCADE, null=True, blank=True, related_name="+")
    provinces = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=5, blank=True)
    min_score = models.SmallIntegerField(null=True, blank=True)
    way = models.CharField(max_length=6, choices=WAYS, default="turns")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, blank=True, related_name="+")
    last_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[AssignmentRule]] = models.Manager()

    class Meta:
        verbose_name = _("assignment rule")
        verbose_name_plural = _("assignment rules")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=("turns", "load")), name="assignment_way_known"),
            models.CheckConstraint(
                condition=Q(gives__in=("deals", "customers", "both")), name="assignment_gives_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AssignmentRulePerson(models.Model):
    """Somebody whom a rule gives deals to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule = models.ForeignKey(AssignmentRule, models.CASCADE, db_index=False, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[AssignmentRulePerson]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["rule", "user"], name="assignment_person_once")]


class DealAssignment(models.Model):
    """What a rule decided: to whom a deal went, and in words why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="assignments")
    rule = models.ForeignKey(AssignmentRule, models.SET_NULL, null=True, related_name="+")
    rule_name = models.CharField(max_length=120)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[DealAssignment]] = models.Manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="deal_assignment_latest")]
