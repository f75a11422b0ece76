"""A file by its name and kind; its bytes lie on the disk under their hash."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class StoredFile(models.Model):
    """What somebody called it and said it was; two of the same content share the bytes.

    Who may read it is decided by what it hangs on (a message, an article), never here.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[StoredFile]] = models.Manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["sha256"], name="file_by_content")]

    def __str__(self) -> str:
        return self.name
