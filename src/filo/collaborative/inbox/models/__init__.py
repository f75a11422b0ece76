"""Conversations, their messages, and what people keep ready to answer with."""

from filo.collaborative.inbox.models.conversation import CHANNELS, STATES, Conversation
from filo.collaborative.inbox.models.draft import Draft, DraftFile
from filo.collaborative.inbox.models.message import DELIVERIES, KINDS, Mention, Message, MessageFile
from filo.collaborative.inbox.models.snippet import Snippet

__all__ = [
    "CHANNELS",
    "DELIVERIES",
    "KINDS",
    "STATES",
    "Conversation",
    "Draft",
    "DraftFile",
    "Mention",
    "Message",
    "MessageFile",
    "Snippet",
]
