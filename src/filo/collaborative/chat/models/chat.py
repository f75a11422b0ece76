"""A chat: a stretch of live talk within a conversation."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.inbox.models import Conversation
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7

STATES = [
    ("waiting", pgettext_lazy("a chat", "Waiting for a person")),
    ("open", pgettext_lazy("a chat", "Open")),
    ("ended", pgettext_lazy("a chat", "Ended")),
]


class ChatQuerySet(models.QuerySet["Chat"]):
    """Chats; every read of colleagues starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those whose conversation this principal may read."""
        return self.filter(conversation__in=Conversation.objects.known_to(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("conversation__party", "conversation__ticket", "group", "operator", "visitor")

    def going_on(self) -> Self:
        """Those that are not over."""
        return self.exclude(state="ended")


class Chat(models.Model):
    """Who speaks is the visitor; what is said are messages of the conversation, channel *chat*, from `began_at` on.

    operator: who took it, or to whom it is offered while it waits (offered_at). heard_at: when the customer's page last
    gave a sign of life. customer_read, operator_read: until when each has read. told_at: until when it was told on the
    card. page: where the customer is, as his page says. call_number: at which he wants to be called (E.164), since
    call_wished_at; called_at: when a colleague did.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    visitor = models.ForeignKey("visitors.Visitor", models.SET_NULL, null=True, related_name="+")
    conversation = models.ForeignKey("inbox.Conversation", models.CASCADE, related_name="+")
    state = models.CharField(max_length=7, choices=STATES, default="waiting")
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, related_name="+")
    operator = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=5, default="it")
    began_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=8, blank=True)
    heard_at = models.DateTimeField()
    last_at = models.DateTimeField()
    customer_read = models.DateTimeField(null=True)
    operator_read = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    page = models.CharField(max_length=300, blank=True)
    page_title = models.CharField(max_length=200, blank=True)
    call_number = models.CharField(max_length=40, blank=True)
    call_wished_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Chat]] = models.Manager.from_queryset(ChatQuerySet)()

    class Meta:
        verbose_name = _("chat")
        verbose_name_plural = _("chats")
        ordering = ["-began_at", "-id"]
        indexes = [
            models.Index(fields=["began_at"], name="chats_going_on", condition=~Q(state="ended")),
            models.Index(fields=["operator", "-last_at"], name="chats_of_operator"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["visitor"], condition=~Q(state="ended") & Q(visitor__isnull=False), name="chat_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(state="open", taken_at=None), name="chat_open_was_taken"),
        ]

    def __str__(self) -> str:
        return str(self.conversation)

    @property
    def is_over(self) -> bool:
        """Whether nothing is said in it any more."""
        return self.state == "ended"

    @property
    def wants_call(self) -> bool:
        """Whether the customer waits to be called."""
        return bool(self.call_number) and self.called_at is None and not self.is_over

    @property
    def is_unread(self) -> bool:
        """Whether something was said that who has it has not read."""
        return self.operator_read is None or self.last_at > self.operator_read
