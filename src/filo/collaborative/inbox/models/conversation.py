"""A conversation: one matter that a customer and we talk about, over one or several channels."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.collaborative.inbox.policies import CONVERSATION_SEEN
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7

CHANNELS = [
    ("mail", _("E-mail")),
    ("form", _("Form")),
    ("phone", _("Telephone")),
    ("fax", _("Fax")),
    ("page", _("Page of the request")),
    ("chat", _("Chat")),
]
STATES = [
    ("open", pgettext_lazy("a conversation", "Open")),
    ("waiting", _("Waiting for the customer")),
    ("snoozed", _("Put off")),
    ("done", _("Done")),
]


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations; every read starts from `visible_to`."""

    def visible_to(self, principal: Principal) -> Self:
        """Those that this principal may read; what became part of another is read there."""
        return self.known_to(principal).filter(merged_into=None)

    def known_to(self, principal: Principal) -> Self:
        """The same, with those that became part of another."""
        return self.filter(CONVERSATION_SEEN.rows(principal))

    def for_list(self) -> Self:
        """With the names that rows show."""
        return self.select_related("party", "ticket", "group", "assignee", "mailbox", "company")


class Conversation(models.Model):
    """Who with, about what, how it stands and who looks after it.

    owner: who looks after the customer; assignee: who answers. contact_address: whom answers go to, normalised.
    private: it came to a personal mailbox. needs_sorting: it could not be told whose it is. proved: the address was
    known as his before he wrote, or its server vouches for it. caution: why its sender is perhaps not whom he says he
    is. refers_to: the conversation that a stranger named. wants_person: he asked for one, and none has answered yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=10, choices=CHANNELS, default="mail")
    mailbox = models.ForeignKey("mailroom.Mailbox", models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("parties.Party", models.SET_NULL, null=True, related_name="+")
    contact_name = models.CharField(max_length=200, blank=True)
    contact_address = models.CharField(max_length=320, blank=True)
    ticket = models.ForeignKey("service.Ticket", models.SET_NULL, null=True, related_name="+")
    group = models.ForeignKey("service.ServiceGroup", models.SET_NULL, null=True, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, db_index=False, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.SET_NULL, null=True, db_index=False, related_name="+")
    company = models.ForeignKey(
        "organisation.SellingCompany", models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    language = models.CharField(max_length=5, default="it")
    state = models.CharField(max_length=10, choices=STATES, default="open")
    snoozed_until = models.DateTimeField(null=True)
    private = models.BooleanField(default=False)
    needs_sorting = models.BooleanField(default=False)
    proved = models.BooleanField(default=False)
    caution = models.CharField(max_length=300, blank=True)
    refers_to = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    wants_person = models.BooleanField(default=False)
    tags = models.JSONField(default=list)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_direction = models.CharField(max_length=3, blank=True)
    waiting_since = models.DateTimeField(null=True)  # since when the customer waits for an answer
    snippet = models.CharField(max_length=300, blank=True)
    messages_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Conversation]] = models.Manager.from_queryset(ConversationQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-wants_person", "-last_at", "-id"], name="conversation_by_turn"),
            models.Index(fields=["owner", "-last_at"], name="conversation_of_owner"),
            models.Index(fields=["contact_address", "-last_at"], name="conversation_by_address"),
            models.Index(fields=["snoozed_until"], name="conversation_snoozed", condition=Q(state="snoozed")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[code for code, _label in STATES]), name="conversation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="snoozed", snoozed_until__isnull=False)
                | (~Q(state="snoozed") & Q(snoozed_until=None)),
                name="conversation_snoozed_until",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.contact_name or self.contact_address
