"""Plans: how much of a measure somebody, or everybody of a role, is to do in a day or a week."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

PER = [("day", _("a day")), ("week", _("a week"))]
MOST = 100_000


class Plan(models.Model):
    """In force from `valid_from` until the next one for the same; `number` 0 plans nothing more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    role = models.ForeignKey("access.Role", models.CASCADE, null=True, related_name="+")
    measure = models.SlugField(max_length=40)
    number = models.PositiveIntegerField()
    per = models.CharField(max_length=4, choices=PER, default="day")
    valid_from = models.DateField()
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Plan]] = models.Manager()

    class Meta:
        ordering = ["measure", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None, role__isnull=False) | models.Q(person__isnull=False, role=None),
                name="plan_is_for_one",
            ),
            models.UniqueConstraint(
                fields=["person", "measure", "valid_from"],
                condition=models.Q(removed_at=None, person__isnull=False),
                name="plan_of_person_once",
            ),
            models.UniqueConstraint(
                fields=["role", "measure", "valid_from"],
                condition=models.Q(removed_at=None, role__isnull=False),
                name="plan_of_role_once",
            ),
        ]
