"""What the two sides of a chat, and the desks, are told at once."""

from __future__ import annotations

from filo.collaborative.chat.models import Chat
from filo.foundation.push.services import publish

DESK = "chats:desk"


def tell_message(chat: Chat, message_id: object) -> None:
    """Something was said; its content is read when it is told."""
    publish(f"chat:{chat.pk}", "message", chat=str(chat.pk), message=str(message_id))


def tell_state(chat: Chat) -> None:
    """Who takes it, that it is over: both sides and the desks."""
    publish(f"chat:{chat.pk}", "state", chat=str(chat.pk), state=chat.state)
    publish(DESK, "changed")


def tell_sign(chat: Chat, kind: str, side: str) -> None:
    """A passing sign: somebody is typing, or has read."""
    publish(f"chat:{chat.pk}", kind, chat=str(chat.pk), side=side)
