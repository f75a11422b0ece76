"""A customer who gets a sequence, the mails of it that have left, and who said that he wants none."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.sequences.models.sequence import Sequence
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.operational.parties.models import Party

STATES = [
    ("running", pgettext_lazy("a sequence", "Running")),
    ("done", pgettext_lazy("a sequence", "Done")),
    ("stopped", pgettext_lazy("a sequence", "Stopped")),
]
REASONS = {
    "answered": _("The customer wrote to us."),
    "bounced": _("A mail did not arrive."),
    "refused": _("The customer wants no mails of this kind."),
    "marketing": _("The customer does not agree to news and offers by mail."),
    "gone": _("The customer is in the bin."),
    "closed": _("The request or the conversation is done."),
    "moved": _("The conversation is with somebody else now."),
    "twice": _("The customer gets this sequence already."),
    "missing": _("There is nothing to put in for “%(detail)s”."),
    "address": _("The customer has no mail address."),
    "right": _("Whoever started it may not write here any more."),
    "refusal": _("The mail could not be written: %(detail)s"),
    "hand": _("Somebody stopped it."),
}


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Who gets sequences; every read by a person starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those in conversations that one reads; before the first mail those of customers whom one sees."""
        talks = Conversation.objects.known_to(principal).values("pk")
        parties = Party.objects.visible_to(principal).values("pk")
        return self.filter(Q(conversation__in=talks) | Q(conversation=None, party__in=parties))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("sequence", "party", "conversation", "starter")


class Enrolment(models.Model):
    """`sent` is how many steps have left, and so which is next: written with the mail, in one transaction.

    detail: what a reason is about (the place that has no value).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sequence = models.ForeignKey(Sequence, models.CASCADE, related_name="enrolments")
    party = models.ForeignKey("parties.Party", models.CASCADE, related_name="+")
    conversation = models.ForeignKey("inbox.Conversation", models.SET_NULL, null=True, related_name="+")
    starter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=5, default="it")
    sent = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=STATES, default="running")
    reason = models.CharField(max_length=10, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Enrolment]] = models.Manager.from_queryset(EnrolmentQuerySet)()

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["due_at"], name="enrolment_due", condition=Q(state="running"))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[code for code, _l in STATES]), name="enrolment_state_known"),
            models.CheckConstraint(
                condition=Q(state="running", due_at__isnull=False) | (~Q(state="running") & Q(due_at=None)),
                name="enrolment_due_while_running",
            ),
        ]

    @property
    def why(self) -> str:
        """The reason in words; empty while it runs, and when all has left."""
        words = REASONS.get(self.reason)
        return str(words) % {"detail": self.detail} if words else ""


class SequenceMail(models.Model):
    """A step that has left; once each, whatever happens in between."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, db_index=False, related_name="mails")
    number = models.PositiveSmallIntegerField()
    message = models.ForeignKey("inbox.Message", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[SequenceMail]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "number"], name="sequence_mail_once")]


class Refusal(models.Model):
    """Somebody wants no mails of this kind: neither on this card nor at this address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    party = models.ForeignKey("parties.Party", models.CASCADE, null=True, related_name="+")
    address = models.CharField(max_length=320, blank=True, db_index=True)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Refusal]] = models.Manager()
