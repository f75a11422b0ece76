"""The backups that were made, and since when a copy is muted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class Backup(models.Model):
    """One that was made of this installation: its moment, the name of its file, how large it is, by which version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(db_index=True)
    file = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField()
    seconds = models.FloatField()
    version = models.CharField(max_length=40)

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")


class Mute(models.Model):
    """This is a copy of what stood at `taken_at`: from `since` on nothing leaves it, until somebody ends that."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    since = models.DateTimeField()
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("muted copy")
        verbose_name_plural = _("muted copies")
