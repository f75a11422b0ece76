"""What makes a deal promising: points that everybody can follow."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7
from filo.operational.deals.models.pipeline import InBothLanguages

WAYS = [("fit", _("What it is")), ("behaviour", _("What happens"))]


class ScoreRule(InBothLanguages):
    """A rule that gives points.

    fit: while `field` is as `operator` and `value` say. behaviour: for each happening `field` (a kind of the
    customer's story) of the last `within_days`; after each `half_life` days it counts half, and all of them together
    give at most `most`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    way = models.CharField(max_length=10, choices=WAYS, default="fit")
    pipeline = models.ForeignKey("deals.Pipeline", models.CASCADE, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=60)
    operator = models.CharField(max_length=10, default="is")
    value = models.CharField(max_length=200, blank=True)
    points = models.SmallIntegerField()
    within_days = models.PositiveSmallIntegerField(default=90)
    half_life = models.PositiveSmallIntegerField(default=30)
    most = models.PositiveSmallIntegerField(default=30)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[ScoreRule]] = models.Manager()

    class Meta:
        verbose_name = _("scoring rule")
        verbose_name_plural = _("scoring rules")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=("fit", "behaviour")), name="score_rule_way_known"),
            models.CheckConstraint(condition=Q(half_life__gt=0), name="score_rule_half_life"),
        ]
