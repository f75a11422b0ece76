"""An answer that left by itself: to what, from which article, how sure it was, and what people made of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.collaborative.inbox.models import Conversation
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7

OUTCOMES = [
    ("answered", _("Answered")),
    ("receipt", _("Receipt")),
    ("silent", _("Kept silent")),
]
REVIEWS = [
    ("", _("To be looked at")),
    ("left", _("Left as it is")),
    ("taken", _("Taken over")),
    ("corrected", _("Corrected")),
]

WHY = {
    "caution": _("It may not be who it says: nothing was answered by itself."),
    "nobody": _("Nobody reads answers to this address."),
    "own": _("It came from one of our own mailboxes."),
    "today": _("This address had an automatic answer within the last day."),
}


class AutoReplyQuerySet(models.QuerySet["AutoReply"]):
    """Automatic answers; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of the conversations that this principal may read."""
        return self.filter(conversation__in=Conversation.objects.visible_to(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related(
            "conversation__party",
            "conversation__group",
            "conversation__ticket",
            "question",
            "reply",
            "article",
            "reviewed_by",
        )


class AutoReply(models.Model):
    """One for each question that a machine may have answered, also when it kept silent (`why` says it).

    confidence: how sure it was, 0 to 1. unhappy_at: when the customer said that it did not help. person_at: when a
    person answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey("inbox.Conversation", models.CASCADE, related_name="+")
    question = models.OneToOneField("inbox.Message", models.CASCADE, related_name="+")
    reply = models.OneToOneField("inbox.Message", models.SET_NULL, null=True, related_name="+")
    article = models.ForeignKey("knowledge.Article", models.SET_NULL, null=True, related_name="+")
    address = models.CharField(max_length=320, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    why = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(default=0)
    language = models.CharField(max_length=5, default="it")
    at = models.DateTimeField()
    review = models.CharField(max_length=10, choices=REVIEWS, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    unhappy_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)  # when people were called a second time
    person_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[AutoReply]] = models.Manager.from_queryset(AutoReplyQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["review", "-at"], name="auto_reply_by_review"),
            models.Index(fields=["address", "-at"], name="auto_reply_by_address"),
            models.Index(fields=["unhappy_at"], name="auto_reply_unhappy", condition=Q(person_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(confidence__gte=0, confidence__lte=1), name="auto_reply_confidence"),
            models.CheckConstraint(condition=Q(outcome__in=[code for code, _l in OUTCOMES]), name="auto_reply_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.confidence:.2f}"

    @property
    def percent(self) -> int:
        """How sure it was, in whole hundredths."""
        return round(self.confidence * 100)

    @property
    def why_in_words(self) -> str:
        """Why nothing was answered."""
        return str(WHY.get(self.why, self.why))
