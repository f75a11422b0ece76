"""What the two sides are told at once."""

from __future__ import annotations

from filo.collaborative.chat.models import Chat
from filo.foundation.push.services import publish


def tell_both(chat: Chat, kind: str, **data: str) -> None:
    """The customer's pages, and the colleagues whose console shows the chat, by one line: that of the visit."""
    if chat.visitor_id:
        publish(f"visit:{chat.visitor_id}", kind, **data)
