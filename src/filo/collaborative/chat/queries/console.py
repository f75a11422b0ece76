"""What the console shows: the chats that wait, one's own and the others', and what was said before a chat."""

from __future__ import annotations

from typing import Any

from filo.collaborative.chat.models import Chat
from filo.collaborative.inbox.models import Message
from filo.foundation.access.principal import Principal

MOST, BEFORE = 100, 20


def lists_for(principal: Principal) -> dict[str, Any]:
    """Waiting (those offered to oneself first), one's own, others', and those that ended lately."""
    rows = Chat.objects.visible_to(principal).for_list()
    going_on = list(rows.going_on().order_by("began_at")[:MOST])
    waiting = [one for one in going_on if one.state == "waiting"]
    return {
        "waiting": sorted(waiting, key=lambda one: (one.operator_id != principal.user_id, one.began_at)),
        "mine": [one for one in going_on if one.state == "open" and one.operator_id == principal.user_id],
        "others": [one for one in going_on if one.state == "open" and one.operator_id != principal.user_id],
        "ended": list(rows.filter(state="ended").order_by("-ended_at")[:10]),
    }


def before_chat(chat: Chat) -> list[Message]:
    """What was said in the same conversation before: the mail, the answer that left by itself, older chats."""
    rows = Message.objects.filter(conversation=chat.conversation_id, at__lt=chat.began_at)
    return list(rows.order_by("-at", "-id")[:BEFORE])[::-1]


def waiting_chats(principal: Principal) -> Any:
    """Chats that wait for a person and that one may take."""
    if principal.user_id is None:
        return None
    return Chat.objects.visible_to(principal).filter(state="waiting")
