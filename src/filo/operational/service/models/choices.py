"""What a firm chooses from: why a request was closed, what a complaint came from."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class CloseReason(models.Model):
    """Why requests are closed, in the firm's own words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120, unique=True)
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[CloseReason]] = models.Manager()

    class Meta:
        verbose_name = _("reason for closing")
        verbose_name_plural = _("reasons for closing")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ComplaintCause(models.Model):
    """What complaints come from. When `threshold` of them come within thirty days, `keeper` gets a task about it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120, unique=True)
    threshold = models.PositiveSmallIntegerField(default=0)
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[ComplaintCause]] = models.Manager()

    class Meta:
        verbose_name = _("cause of complaints")
        verbose_name_plural = _("causes of complaints")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
