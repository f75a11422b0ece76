"""What happens in chats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutChat(DomainEvent):
    chat: UUID
    conversation: UUID
    party: UUID | None

    @property
    def subject(self) -> UUID:
        return self.chat


@dataclass(frozen=True, kw_only=True)
class ChatBegan(_AboutChat):
    """A customer asked for a person."""

    type: ClassVar[str] = "chat.began"


@dataclass(frozen=True, kw_only=True)
class ChatTaken(_AboutChat):
    """A colleague took it; seconds: how long the customer had waited for a person."""

    type: ClassVar[str] = "chat.taken"
    operator: UUID
    seconds: int


@dataclass(frozen=True, kw_only=True)
class ChatEnded(_AboutChat):
    """It is over. by: customer, operator or silence."""

    type: ClassVar[str] = "chat.ended"
    by: str
