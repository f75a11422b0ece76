"""Higher apps hear what a customer says in a chat, in the same transaction: what is learned holds for the next line."""

from __future__ import annotations

from collections.abc import Callable

from filo.collaborative.chat.models import Chat
from filo.collaborative.inbox.models import Message

Hear = Callable[[Chat, Message], None]
_hearers: list[Hear] = []


def hear_customers(hear: Hear) -> None:
    """Call `hear(chat, message)` for each line of a customer; it has to be quick."""
    _hearers.append(hear)


def heard(chat: Chat, message: Message) -> None:
    """Tell all who want to hear."""
    for hear in _hearers:
        hear(chat, message)
