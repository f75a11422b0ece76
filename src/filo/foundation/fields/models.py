"""Fields that a firm made, and their values once more, typed, for filters and orders alone."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from filo.foundation.fields.kinds import KINDS, WITH_CHOICES, column_of
from filo.foundation.ids import uuid7

TEXT_LENGTH, CODE_LENGTH = 200, 40


class CustomField(models.Model):
    """A field of an entity. `choices`: [{code, it, en, retired}]; `required`: {"roles": [codes], "stages": [codes]}.

    Its code is its name at the API and never changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.CharField(max_length=20)
    code = models.SlugField(max_length=CODE_LENGTH, db_index=False)
    label_it = models.CharField(max_length=80, blank=True)
    label_en = models.CharField(max_length=80, blank=True)
    hint = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    choices = models.JSONField(default=list, blank=True)
    currency = models.CharField(max_length=3, default="EUR")
    required = models.JSONField(default=dict, blank=True)
    place = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "code"], name="field_code_once"),
            models.CheckConstraint(condition=~Q(label_it="") | ~Q(label_en=""), name="field_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the active language, or in the other one."""
        return _spoken(self.label_it, self.label_en)

    @property
    def name(self) -> str:
        """How forms, filters and the API call it: fields.CODE."""
        return f"fields.{self.code}"

    @property
    def column(self) -> str:
        """The column of `FieldValue` that holds its values."""
        return column_of(self.kind)

    @property
    def has_choices(self) -> bool:
        return self.kind in WITH_CHOICES

    @property
    def labels(self) -> dict[str, str]:
        """Its choices as people read them, the retired ones too."""
        return {row["code"]: _spoken(row.get("it", ""), row.get("en", "")) for row in self.choices}

    def offered(self, kept: Any = None) -> dict[str, str]:
        """The choices that may be chosen: those not retired, and what was chosen before (`kept`)."""
        chosen = kept if isinstance(kept, list) else [kept]
        gone = {row["code"] for row in self.choices if row.get("retired")} - set(filter(None, chosen))
        return {code: label for code, label in self.labels.items() if code not in gone}


def _spoken(italian: str, english: str) -> str:
    first, second = (english, italian) if (get_language() or "it").startswith("en") else (italian, english)
    return first or second


class FieldValue(models.Model):
    """One value of one object (several for several choices), kept for finding it; what is shown is the object's own.

    Text is folded, and cut; codes of choices and ids of relations stand there as they are.
    """

    field = models.ForeignKey(CustomField, models.CASCADE, related_name="+", db_index=False)
    object_id = models.UUIDField()
    text = models.CharField(max_length=TEXT_LENGTH, null=True)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    day = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["field", "text", "object_id"], name="value_by_text", condition=Q(text__isnull=False)),
            models.Index(
                fields=["field", "number", "object_id"], name="value_by_number", condition=Q(number__isnull=False)
            ),
            models.Index(fields=["field", "day", "object_id"], name="value_by_day", condition=Q(day__isnull=False)),
            models.Index(fields=["object_id", "field"], name="value_of_object"),
        ]
