"""What somebody has begun to write in a conversation, kept until it is sent or thrown away."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7


class Draft(models.Model):
    """One a person, conversation and kind; nobody but who writes it reads it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey("inbox.Conversation", models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=[("answer", _("Answer")), ("note", _("Internal note"))])
    text = models.TextField()
    cc = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Draft]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "person", "kind"], name="draft_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["answer", "note"]), name="draft_kind_known"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class DraftFile(models.Model):
    """A file that is to go with it: one of a message that was called back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)

    objects: ClassVar[models.Manager[DraftFile]] = models.Manager()

    class Meta:
        ordering = ["id"]
