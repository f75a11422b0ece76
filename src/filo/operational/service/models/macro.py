"""Several changes and a text, done with one press."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7
from filo.operational.service.models.words import PRIORITIES, STATES, TYPES, WAITS


class Macro(models.Model):
    """What it sets (what is empty stays as it is), whether whoever presses takes the request, and what it writes:
    a note among colleagues, or an answer that is put before the person who presses.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=80, unique=True)
    group = models.ForeignKey("service.ServiceGroup", models.CASCADE, null=True, blank=True, related_name="+")
    set_type = models.CharField(max_length=10, choices=TYPES, blank=True)
    set_priority = models.CharField(max_length=8, choices=PRIORITIES, blank=True)
    set_state = models.CharField(max_length=8, choices=STATES, blank=True)
    set_waiting_on = models.CharField(max_length=8, choices=WAITS, blank=True)
    close_reason = models.CharField(max_length=120, blank=True)
    takes = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    active = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[Macro]] = models.Manager()

    class Meta:
        verbose_name = _("macro")
        verbose_name_plural = _("macros")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
