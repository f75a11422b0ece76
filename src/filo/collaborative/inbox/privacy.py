"""What conversations hold about people, and for how long they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.collaborative.inbox.findable import forget_words
from filo.collaborative.inbox.models import CHANNELS, Conversation, Message
from filo.foundation.access.principal import Principal
from filo.foundation.keeping import Held, KeptKind, Narrowing, Proposal, keep
from filo.foundation.personal import Basis, Category, Erasure, PersonalData, Whose, declare
from filo.operational.parties.services.timeline import untell_many

PURPOSE = _("Answer customers, and know what was said")


def _all() -> QuerySet[Conversation]:
    return Conversation.objects.all()


def _purge(keys: Sequence[Any]) -> None:
    """The conversations with all that was said in them, and their lines on every card."""
    rows = _all().filter(pk__in=keys)
    said = list(Message.objects.filter(conversation__in=keys).values_list("pk", flat=True))
    untell_many("message", said)
    forget_words(said)
    rows.delete()


def _held(held: Held) -> Q:
    about = Q(party__in=held.parties) | Q(assignee__in=held.people) | Q(owner__in=held.people)
    return about | Q(messages__author__in=held.people)


def _seen(principal: Principal) -> QuerySet[Conversation]:
    found: QuerySet[Conversation] = Conversation.objects.visible_to(principal).for_list()
    return found


keep(
    KeptKind(
        code="conversations",
        label=_("Conversations"),
        what_goes=_("The whole of it: what was said, its files, its lines in the story"),
        rows=_all,
        moment="last_at",
        purge=_purge,
        held=_held,
        sources=lambda: [Narrowing(code, label, Q(channel=code)) for code, label in CHANNELS],
        purposes=list,
        proposals=[Proposal(3650)],
        seen=_seen,
        said=lambda found: " · ".join(
            part for part in (found.contact_name or found.contact_address, found.subject) if part
        ),
        address=lambda found: f"/inbox/{found.id}",
    )
)
declare(
    PersonalData(
        model="inbox.Conversation",
        label=_("Conversations"),
        columns={
            "subject": Category.COMMUNICATION,
            "snippet": Category.COMMUNICATION,
            "contact_name": Category.IDENTITY,
            "contact_address": Category.CONTACT,
            "assignee": Category.IDENTITY,
            "owner": Category.IDENTITY,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=PURPOSE,
        basis=Basis.CONTRACT,
        party=("party",),
        person=("assignee", "owner"),
        kept="conversations",
    ),
    PersonalData(
        model="inbox.Message",
        label=_("Messages"),
        columns={
            "subject": Category.COMMUNICATION,
            "text": Category.COMMUNICATION,
            "reply_text": Category.COMMUNICATION,
            "html": Category.COMMUNICATION,
            "from_address": Category.CONTACT,
            "to": Category.CONTACT,
            "cc": Category.CONTACT,
            "author": Category.IDENTITY,
            "author_name": Category.IDENTITY,
            "delivery_note": Category.COMMUNICATION,
        },
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=PURPOSE,
        basis=Basis.CONTRACT,
        party=("conversation__party",),
        person=("author",),
        kept="conversations",
    ),
    PersonalData(
        model="inbox.MessageFile",
        label=_("Files of messages"),
        columns={"name": Category.COMMUNICATION},
        whose=(Whose.CUSTOMER,),
        purpose=PURPOSE,
        basis=Basis.CONTRACT,
        party=("message__conversation__party",),
        erasure=Erasure("delete"),
        kept="conversations",
    ),
    PersonalData(
        model="inbox.Mention",
        label=_("Colleagues named in a note"),
        columns={"user": Category.BEHAVIOUR, "handle": Category.IDENTITY},
        whose=(Whose.COLLEAGUE,),
        purpose=_("Tell people of what concerns them"),
        basis=Basis.INTEREST,
        person=("user",),
        kept="conversations",
    ),
    PersonalData(
        model="inbox.Draft",
        label=_("Answers that were begun"),
        columns={"text": Category.COMMUNICATION, "cc": Category.CONTACT, "person": Category.IDENTITY},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Go on writing on another machine"),
        basis=Basis.CONTRACT,
        party=("conversation__party",),
        person=("person",),
        erasure=Erasure("delete"),
        kept="conversations",
    ),
    PersonalData(
        model="inbox.DraftFile",
        label=_("Files of answers that were begun"),
        columns={"name": Category.COMMUNICATION},
        whose=(Whose.CUSTOMER, Whose.COLLEAGUE),
        purpose=_("Go on writing on another machine"),
        basis=Basis.CONTRACT,
        party=("draft__conversation__party",),
        person=("draft__person",),
        erasure=Erasure("delete"),
        kept="conversations",
    ),
    PersonalData(
        model="inbox.Snippet",
        label=_("Texts kept ready"),
        columns={
            "text_it": Category.COMMUNICATION,
            "text_en": Category.COMMUNICATION,
            "title": Category.COMMUNICATION,
            "owner": Category.IDENTITY,
        },
        whose=(Whose.COLLEAGUE,),
        purpose=_("Answer customers in the firm's words"),
        basis=Basis.INTEREST,
        person=("owner",),
        kept_words=_("Until somebody takes them away"),
    ),
)
