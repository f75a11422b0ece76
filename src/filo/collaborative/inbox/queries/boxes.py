"""The boxes of the inbox: whose turn it is, and what is put aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.models.conversation import ConversationQuerySet
from filo.collaborative.inbox.queries.threads import final
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.folding import query_words
from filo.operational.parties.models import TimelineEntry
from filo.operational.service.models import GroupMember
from filo.operational.service.numbers import read_number

OPEN = Q(state="open")


@dataclass(frozen=True)
class Box:
    """A box by its name, icon, and which conversations lie in it for somebody."""

    label: str | Promise
    icon: str
    rows: Callable[[Principal], Q]


def _groups(principal: Principal) -> Q:
    mine = GroupMember.objects.filter(user=principal.user_id).values("group")
    return OPEN & Q(private=False, group__in=mine)


BOXES: Mapping[str, Box] = {
    "mine": Box(_("Mine"), "user-round", lambda who: OPEN & Q(assignee=who.user_id)),
    "groups": Box(_("My groups"), "users-round", _groups),
    "unassigned": Box(_("Nobody's"), "inbox", lambda _who: OPEN & Q(private=False, assignee=None)),
    "person": Box(_("Wants a person"), "user-round", lambda _who: Q(wants_person=True) & ~Q(state="done")),
    "sort": Box(_("To sort"), "shuffle", lambda _who: Q(needs_sorting=True) & ~Q(state="done")),
    "waiting": Box(_("Waiting for the customer"), "hourglass", lambda _who: Q(state="waiting")),
    "snoozed": Box(_("Put off"), "alarm-clock", lambda _who: Q(state="snoozed")),
    "personal": Box(_("My own mailbox"), "at-sign", lambda _who: Q(private=True) & ~Q(state="done")),
    "done": Box(_("Done"), "check", lambda _who: Q(state="done")),
    "all": Box(_("All"), "mails", lambda _who: Q()),
}
DEFAULT, STORY = "all-open", 6


def in_box(principal: Principal, name: str, *, text: str = "") -> ConversationQuerySet:
    """The conversations of a box that this principal may read; unknown names are the open ones of all."""
    box = BOXES.get(name)
    found: ConversationQuerySet = Conversation.objects.visible_to(principal)
    found = found.filter(box.rows(principal) if box else OPEN)
    return found.filter(holding(text)).for_list()


def holding(text: str) -> Q:
    """Whether a conversation is about the request of this number, or its subject, name or address hold the words."""
    serial = read_number(text)
    if serial:
        return Q(ticket__serial=serial)
    found = Q()
    for word in query_words(text)[:6] if text else []:
        found &= _holds(word)
    return found


def _holds(word: str) -> Q:
    """Whether subject, name or address hold a word; what was written is found by the search of the house."""
    names = Q(party__sort_name__icontains=word) | Q(contact_name__icontains=word) | Q(contact_address__icontains=word)
    return names | Q(subject__icontains=word)


def seen_conversation(principal: Principal, conversation_id: UUID) -> Conversation:
    """The conversation, or the one that it became part of, if this principal may read it. Raises `NotFound`."""
    rows = Conversation.objects.visible_to(principal).for_list()
    found = rows.filter(pk=conversation_id).first()
    if found is None:
        gone = Conversation.objects.filter(pk=conversation_id).exclude(merged_into=None).first()
        found = rows.filter(pk=final(gone).pk).first() if gone else None
    if found is None:
        raise NotFound
    return found


def messages_of(conversation: Conversation) -> list[Message]:
    """All that was said, oldest first, with its files and names."""
    rows = conversation.messages.select_related("author", "outgoing")
    return list(rows.prefetch_related(Prefetch("files", to_attr="attached")).order_by("at", "id"))


def else_with(principal: Principal, conversation: Conversation) -> list[TimelineEntry]:
    """What happened with its customer besides this conversation, the newest first, as far as one may see it."""
    if conversation.party_id is None:
        return []
    rows = TimelineEntry.objects.visible_to(principal).filter(party=conversation.party_id)
    others = [entry for entry in rows.order_by("-at", "-id")[:40] if not _of(entry, conversation)]
    return others[:STORY]


def _of(entry: TimelineEntry, conversation: Conversation) -> bool:
    return entry.data.get("conversation") == str(conversation.id) or entry.reference_id == conversation.ticket_id


def waiting_for(principal: Principal) -> ConversationQuerySet | None:
    """The open conversations that are one's own or one's groups'; None for who is nobody."""
    if principal.user_id is None:
        return None
    mine = BOXES["mine"].rows(principal) | (_groups(principal) & Q(assignee=None))
    found: ConversationQuerySet = Conversation.objects.visible_to(principal)
    return found.filter(mine)
