"""What verbs that move talks share: talks under a lock, their pieces carried over, and a word about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from filo.collaborative.inbox.events import ConversationChanged
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.services.telling import conversation_changed, tell_anew
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden
from filo.foundation.events.services import announce


def require_edit(principal: Principal, *conversations: Conversation) -> None:
    """Raises `Forbidden` unless he may answer each of them."""
    if not all(CONVERSATION_EDITED.allows(principal, one) for one in conversations):
        raise Forbidden


def locked_rows(*conversations: Conversation) -> list[Conversation]:
    """In the order of their keys, so that two who join the same ones wait for each other."""
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("party", "ticket")
    found = {row.pk: row for row in rows.filter(pk__in=[one.pk for one in conversations]).order_by("pk")}
    return [found[one.pk] for one in conversations]


def carry(principal: Principal, message_ids: Sequence[UUID], target: Conversation) -> None:
    """Put messages into a conversation, and their lines on the card of its customer."""
    Message.objects.filter(pk__in=list(message_ids)).update(conversation=target)
    tell_anew(principal, target, list(Message.objects.filter(pk__in=list(message_ids))))


def say_moved(principal: Principal, *conversations: Conversation) -> None:
    """Count anew what stands in each, and tell whoever listens."""
    for one in conversations:
        _count(one)
        announce(principal, ConversationChanged(conversation=one.id, fields=["messages"]))
        conversation_changed(principal, one)


def _count(conversation: Conversation) -> None:
    """What the list shows of it, after messages came or went."""
    said = list(conversation.messages.exclude(kind="note").order_by("-at", "-id")[:1])
    facts: dict[str, Any] = {"messages_count": conversation.messages.count()}
    if said:
        last = said[0]
        facts |= {"last_at": last.at, "last_direction": last.direction, "snippet": (last.reply_text or last.text)[:300]}
    Conversation.objects.filter(pk=conversation.pk).update(**facts)
