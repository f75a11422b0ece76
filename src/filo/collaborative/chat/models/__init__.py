"""Chats, the desks of colleagues who take them, and where the chat stands."""

from filo.collaborative.chat.models.chat import STATES, Chat
from filo.collaborative.chat.models.desk import ChatDesk
from filo.collaborative.chat.models.place import ChatPlace

__all__ = ["STATES", "Chat", "ChatDesk", "ChatPlace"]
