"""What was said in a conversation: a message of the customer, an answer, or a note among colleagues."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.collaborative.inbox.shown_text import without_address, without_keys
from filo.foundation.ids import uuid7

KINDS = [
    ("message", _("Message")),
    ("automatic", _("Automatic message")),
    ("note", _("Internal note")),
]
DELIVERIES = [
    ("", ""),
    ("later", _("Leaves later")),
    ("left", _("Sent")),
    ("failed", _("Not delivered")),
]


class Message(models.Model):
    """One message. `text` is all of it, `reply_text` what was written anew, without quotes and signature.

    leaves_at: when it leaves, while it may still be called back. What became of it after it left is what `outgoing`
    says, until it comes back as not delivered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey("inbox.Conversation", models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=KINDS, default="message")
    direction = models.CharField(max_length=3, blank=True, choices=[("in", "in"), ("out", "out")])
    channel = models.CharField(max_length=10, default="mail")
    at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=320, blank=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    reply_text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=998, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    references = models.JSONField(default=list)
    incoming = models.OneToOneField("mailroom.IncomingMail", models.SET_NULL, null=True, related_name="+")
    outgoing = models.OneToOneField("mail.OutgoingMail", models.SET_NULL, null=True, related_name="+")
    delivery = models.CharField(max_length=10, blank=True, choices=DELIVERIES)
    delivery_note = models.CharField(max_length=500, blank=True)
    leaves_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Message]] = models.Manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["message_id"], name="message_by_id", condition=~Q(message_id="")),
            models.Index(fields=["leaves_at"], name="message_leaving", condition=Q(delivery="later")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="note", direction="") | (~Q(kind="note") & Q(direction__in=["in", "out"])),
                name="message_has_direction",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.reply_text[:80]

    @property
    def told(self) -> str:
        """What colleagues read of it: what was written anew."""
        text = without_keys(self.reply_text or self.text)
        return without_address(text) if self.channel == "chat" else text

    @property
    def told_whole(self) -> str:
        """The same with what it answers."""
        return without_keys(self.text)


class MessageFile(models.Model):
    """A file that came or went with a message; `name` is as the sender called it, made harmless."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_id = models.CharField(max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager[MessageFile]] = models.Manager()

    class Meta:
        ordering = ["position"]


class Mention(models.Model):
    """A colleague named with @ in a note: the conversation is his to read."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    handle = models.CharField(max_length=200)

    objects: ClassVar[models.Manager[Mention]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="mention_once_a_message")]
