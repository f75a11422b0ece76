"""A page that a colleague shows stands in the chat as well, so that the customer finds it again."""

from __future__ import annotations

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.services.saying import operator_says
from filo.collaborative.inbox.models import Message
from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7


def offer_page(principal: Principal, chat: Chat, title: str, path: str) -> Message:
    """One line with the page's title and address. Raises `Forbidden`, `Over`, `TakenAlready`."""
    return operator_says(principal, chat, uuid7(), f"{title}\n{path}")
