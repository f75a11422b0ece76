"""With the chat, looking together ends too."""

from __future__ import annotations

from filo.collaborative.chat.events import ChatEnded
from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.services import end_of_chat
from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on


@on(ChatEnded)
def stop_looking(event: ChatEnded, meta: EventMeta) -> None:
    """Nobody sees a page after the talk is over."""
    chat = Chat.objects.filter(pk=event.chat).first()
    if chat is not None:
        end_of_chat(chat)
