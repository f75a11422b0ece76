"""Mail that leaves, and what has become of it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.mail.policies import sees_outbox


class MailState(models.TextChoices):
    """Unknown: the line broke when the mail was already handed over; it is never sent again by itself.

    Held: it would have left a muted copy; it is sent when a person decides it. Returned: it was sent, and a server
    further on could not deliver it.
    """

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    UNKNOWN = "unknown", _("Perhaps sent")
    HELD = "held", _("Kept back")
    RETURNED = "returned", _("Came back")


MEANINGS = {
    MailState.QUEUED: "info",
    MailState.SENDING: "info",
    MailState.SENT: "good",
    MailState.FAILED: "bad",
    MailState.UNKNOWN: "warn",
    MailState.HELD: "warn",
    MailState.RETURNED: "bad",
}
STOPPED = (MailState.FAILED, MailState.UNKNOWN, MailState.HELD, MailState.RETURNED)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Mails; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """All for who may see the settings, none for others."""
        return self if sees_outbox(principal) else self.none()


class OutgoingMail(models.Model):
    """One mail to one address, with copies to others. `headers` are those besides To, Subject, Message-ID and the like.

    sender: whom it comes from, where not from the house. envelope_sender: where its failures come back to.
    auto_submitted: what it says of itself to other programs (RFC 3834); empty when a person wrote it.
    tells: whether its end is announced. bounced_at: when it came back, after it was sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to = models.CharField(max_length=320)
    cc = models.JSONField(default=list)
    sender = models.CharField(max_length=500, blank=True)
    reply_to = models.CharField(max_length=320, blank=True)
    envelope_sender = models.CharField(max_length=320, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.JSONField(default=list)
    auto_submitted = models.CharField(max_length=20, blank=True, default="auto-generated")
    tells = models.BooleanField(default=False)
    subject = models.CharField(max_length=500)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    key = models.CharField(max_length=200, null=True, unique=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    bounced_at = models.DateTimeField(null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        constraints = [models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known")]
        indexes = [
            models.Index(fields=["state", "id"], name="mail_by_state"),
            models.Index(fields=["message_id"], name="mail_by_message_id"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_stopped(self) -> bool:
        """Whether nothing more happens unless a person decides it."""
        return self.state in STOPPED

    @property
    def meaning(self) -> str:
        """Which of the four meanings of colour the state has (`data-mean`)."""
        return MEANINGS[MailState(self.state)]


class OutgoingFile(models.Model):
    """A file that goes with a mail, under the name that it has there."""

    id = models.BigAutoField(primary_key=True)
    mail = models.ForeignKey(OutgoingMail, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("file of a mail")
        verbose_name_plural = _("files of mails")
        ordering = ["position"]
