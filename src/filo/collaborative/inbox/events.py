"""What happens in conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutConversation(DomainEvent):
    conversation: UUID

    @property
    def subject(self) -> UUID:
        return self.conversation


@dataclass(frozen=True, kw_only=True)
class MessageReceived(_AboutConversation):
    """A customer wrote. `first` says whether the conversation began with it."""

    type: ClassVar[str] = "message.received"
    message: UUID
    party: UUID | None
    ticket: UUID | None
    channel: str
    first: bool


@dataclass(frozen=True, kw_only=True)
class MessageSent(_AboutConversation):
    """An answer left the house; an automatic one says so."""

    type: ClassVar[str] = "message.sent"
    message: UUID
    party: UUID | None
    ticket: UUID | None
    channel: str
    automatic: bool


@dataclass(frozen=True, kw_only=True)
class MessageNotDelivered(_AboutConversation):
    """What was sent did not arrive."""

    type: ClassVar[str] = "message.not-delivered"
    message: UUID
    party: UUID | None


@dataclass(frozen=True, kw_only=True)
class ConversationChanged(_AboutConversation):
    """Somebody took it, put it off, ended it, or changed what it belongs to."""

    type: ClassVar[str] = "conversation.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class ColleaguesNamed(_AboutConversation):
    """Colleagues were named with @ in an internal note."""

    type: ClassVar[str] = "conversation.mentioned"
    message: UUID
    people: list[UUID]
