"""How content a customer was with a request: asked once, answered with one press."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from filo.foundation.ids import uuid7

SCORES = (1, 2, 3, 4, 5)


class Survey(models.Model):
    """A question sent after a request was solved; `score` is from one (bad) to five, empty until it is answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ticket = models.OneToOneField("service.Ticket", models.CASCADE, related_name="survey")
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    address = models.CharField(max_length=320)
    asked_at = models.DateTimeField()
    score = models.PositiveSmallIntegerField(null=True)
    comment = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Survey]] = models.Manager()

    class Meta:
        verbose_name = _("satisfaction")
        verbose_name_plural = _("satisfaction")
        indexes = [models.Index(fields=["address", "asked_at"], name="survey_by_address")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__in=SCORES), name="survey_score_known"
            )
        ]
