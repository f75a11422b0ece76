"""What the plans of a product hold: its variants, side by side."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7

FEATURE_KINDS = [
    ("yes-no", pgettext_lazy("a feature of a plan is", "Yes or no")),
    ("number", pgettext_lazy("a feature of a plan is", "A number")),
    ("text", pgettext_lazy("a feature of a plan is", "Words")),
]


class PlanFeature(models.Model):
    """One row of the comparison. values: by the id of a variant, what it holds: `"yes"`, `"10"`, `"by telephone"`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    product = models.ForeignKey("catalogue.Product", models.CASCADE, db_index=False, related_name="+")
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=6, choices=FEATURE_KINDS, default="yes-no")
    unit = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[PlanFeature]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="plan_feature_once")]

    def __str__(self) -> str:
        return self.name
