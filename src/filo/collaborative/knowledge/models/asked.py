"""What people asked, what they were told, and whether it helped."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

CHANNELS = [("page", _("Knowledge base")), ("mail", _("E-mail")), ("staff", _("Colleagues"))]


class AskedQuestion(models.Model):
    """`understood`: it was answered. Who asked is not kept: what people do not find is counted, not who they are."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    text = models.CharField(max_length=300)
    language = models.CharField(max_length=5)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    article = models.ForeignKey("knowledge.Article", models.SET_NULL, null=True, related_name="+")
    confidence = models.FloatField(default=0)
    understood = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[AskedQuestion]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="asked_not_found", condition=Q(understood=False))]


class Vote(models.Model):
    """Whether an article helped somebody; once a day for each browser, which is known by a hash of its day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey("knowledge.Article", models.CASCADE, db_index=False, related_name="votes")
    helpful = models.BooleanField()
    comment = models.CharField(max_length=500, blank=True)
    voter = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Vote]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "voter"], name="vote_once")]
