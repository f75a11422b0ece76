"""A sequence: mails in their order, each in one or both languages."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7


class SequenceQuerySet(models.QuerySet["Sequence"]):
    """Sequences; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """The firm's and one's own."""
        return self.filter(Q(owner=None) | Q(owner=principal.user_id)) if principal.user_id else self.filter(owner=None)


class Sequence(models.Model):
    """Without an owner it is the firm's. mailbox: what a talk begins from; none is that of whoever starts it.

    While it is not `active` nobody starts it, and what runs rests.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    mailbox = models.ForeignKey("mailroom.Mailbox", models.SET_NULL, null=True, blank=True, related_name="+")
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Sequence]] = models.Manager.from_queryset(SequenceQuerySet)()

    class Meta:
        verbose_name = _("sequence of mails")
        verbose_name_plural = _("sequences of mails")
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class SequenceStep(models.Model):
    """One mail, `after_days` days of work after the one before; places stand as {{ customer.name }}."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sequence = models.ForeignKey(Sequence, models.CASCADE, db_index=False, related_name="steps")
    position = models.PositiveSmallIntegerField()
    after_days = models.PositiveSmallIntegerField(default=0)
    subject_it = models.CharField(max_length=300, blank=True)
    text_it = models.TextField(blank=True)
    subject_en = models.CharField(max_length=300, blank=True)
    text_en = models.TextField(blank=True)

    objects: ClassVar[models.Manager[SequenceStep]] = models.Manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["sequence", "position"], name="sequence_step_once")]

    def __str__(self) -> str:
        return self.words(get_language() or "it")[0]

    def words(self, language: str) -> tuple[str, str]:
        """Subject and text in this language, or in the other where it has none."""
        italian, english = (self.subject_it, self.text_it), (self.subject_en, self.text_en)
        first, second = (english, italian) if language.startswith("en") else (italian, english)
        return first if first[1] else second
