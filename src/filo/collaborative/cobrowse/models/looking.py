"""A stretch of looking at pages together, and the pages that a colleague showed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.ids import uuid7

STATES = [
    ("asked", pgettext_lazy("looking together", "Asked")),
    ("active", pgettext_lazy("looking together", "Looking together")),
    ("refused", pgettext_lazy("looking together", "Refused")),
    ("ended", pgettext_lazy("looking together", "Ended")),
]


class Looking(models.Model):
    """One consent of the customer. Nothing of what was seen is kept but the pages' addresses, in `pages`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chat = models.ForeignKey("chat.Chat", models.CASCADE, related_name="+")
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=STATES, default="asked")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=8, blank=True)
    pages = models.JSONField(default=list)

    objects: ClassVar[models.Manager[Looking]] = models.Manager()

    class Meta:
        verbose_name = _("looking together")
        verbose_name_plural = _("looking together")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["chat"], condition=Q(state__in=["asked", "active"]), name="looking_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="active", began_at=None), name="looking_active_was_agreed"),
        ]


class ShownPage(models.Model):
    """A page that a colleague showed. arrived_at: when it stood on the customer's screen."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chat = models.ForeignKey("chat.Chat", models.CASCADE, related_name="+")
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    url = models.CharField(max_length=1000)
    title = models.CharField(max_length=200)
    at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[ShownPage]] = models.Manager()

    class Meta:
        verbose_name = _("page shown")
        verbose_name_plural = _("pages shown")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["chat", "-at"], name="shown_in_chat")]
