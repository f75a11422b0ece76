"""A mail that came in: kept whole before it was acknowledged, and what has become of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.mailroom.policies import INCOMING_SEEN
from filo.collaborative.mailroom.reasons import sentence_of
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7


class State(models.TextChoices):
    """Quarantined: it could not be read or taken in; a person looks at it. Ignored: nothing is to be done with it."""

    RECEIVED = "received", pgettext_lazy("an incoming mail", "Waiting")
    TAKEN = "taken", pgettext_lazy("an incoming mail", "Taken in")
    QUARANTINED = "quarantined", pgettext_lazy("an incoming mail", "Put aside")
    IGNORED = "ignored", pgettext_lazy("an incoming mail", "Ignored")


MEANINGS = {State.RECEIVED: "info", State.TAKEN: "good", State.QUARANTINED: "warn", State.IGNORED: ""}


class Kind(models.TextChoices):
    """What a mail is; only the first is to be answered by itself."""

    MESSAGE = "message", pgettext_lazy("a mail", "Message")
    AUTOMATIC = "automatic", pgettext_lazy("a mail", "Automatic answer")
    LIST = "list", pgettext_lazy("a mail", "Mailing list")
    BOUNCE = "bounce", pgettext_lazy("a mail", "Not delivered")
    RECEIPT = "receipt", pgettext_lazy("a mail", "Receipt")
    OWN = "own", pgettext_lazy("a mail", "From ourselves")


class IncomingMailQuerySet(models.QuerySet["IncomingMail"]):
    """Mails that came in; every read by a person starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those of the firm's mailboxes for who sees the settings, and those of one's own mailbox."""
        return self.filter(INCOMING_SEEN.rows(principal))


class IncomingMail(models.Model):
    """One delivery to one mailbox. The same mail that comes again to the same mailbox is the same row.

    content: what makes two deliveries the same mail: heads that the sender wrote, and the text. is_old: it lay in the
    mailbox before that was set up, and waits for no answer. reason: why it is where it is, as a code of `reasons`.
    facts: what was read of it, without its texts. due_at: when it is to be tried; claimed_until: somebody is at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mailbox = models.ForeignKey("mailroom.Mailbox", models.SET_NULL, null=True, related_name="+")
    envelope_from = models.CharField(max_length=320, blank=True)
    envelope_to = models.CharField(max_length=320, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    received_at = models.DateTimeField()
    raw = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    content = models.CharField(max_length=64)
    message_id = models.CharField(max_length=998, blank=True)
    is_old = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    kind = models.CharField(max_length=10, blank=True, choices=Kind)
    reason = models.CharField(max_length=30, blank=True)
    error = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("incoming mail")
        verbose_name_plural = _("incoming mails")
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "content"], name="incoming_mail_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="incoming_state_known"),
            models.CheckConstraint(condition=Q(kind__in=["", *Kind.values]), name="incoming_kind_known"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="received"), name="incoming_waiting"),
            models.Index(fields=["state", "-received_at", "-id"], name="incoming_by_state"),
            models.Index(fields=["sender"], condition=~Q(sender=""), name="incoming_by_sender"),
            models.Index(fields=["message_id"], condition=~Q(message_id=""), name="incoming_by_message_id"),
        ]

    def __str__(self) -> str:
        return self.subject or self.message_id or str(self.id)

    @property
    def subject(self) -> str:
        """What its writer calls it, as far as it was read."""
        return str(self.facts.get("subject", ""))

    @property
    def why(self) -> str:
        """Why it was put aside, as a sentence; empty for others."""
        return sentence_of(self.reason) if self.reason else ""

    @property
    def meaning(self) -> str:
        """Which of the four meanings of colour the state has (`data-mean`)."""
        return MEANINGS[State(self.state)]
