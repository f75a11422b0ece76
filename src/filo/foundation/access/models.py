"""Roles: a ready one to start from, and what the firm changed in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from filo.foundation.access.objects import READY_ROLES
from filo.foundation.ids import uuid7


class Role(models.Model):
    """What a person may do. `grants` and `masks` hold only what differs from the ready role.

    grants: {"party": {"view": "unit"}}; masks: {"party": ["codice_fiscale"]} (fields not shown).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name_it = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    based_on = models.CharField(max_length=40, choices=[(code, code) for code in READY_ROLES])
    grants = models.JSONField(default=dict, blank=True)
    masks = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name_it"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "it").startswith("en") else self.name_it

    @property
    def is_ready(self) -> bool:
        """A ready role can be changed but not deleted."""
        return self.code in READY_ROLES
