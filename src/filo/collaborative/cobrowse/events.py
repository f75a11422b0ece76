"""What happens while a colleague and a customer look at pages together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutLooking(DomainEvent):
    chat: UUID
    party: UUID | None

    @property
    def subject(self) -> UUID:
        return self.chat


@dataclass(frozen=True, kw_only=True)
class LookingAgreed(_AboutLooking):
    """A customer agreed that a colleague sees his page."""

    type: ClassVar[str] = "cobrowsing.agreed"
    session: UUID


@dataclass(frozen=True, kw_only=True)
class LookingEnded(_AboutLooking):
    """It is over. by: customer, operator or chat."""

    type: ClassVar[str] = "cobrowsing.ended"
    session: UUID
    by: str


@dataclass(frozen=True, kw_only=True)
class PageShown(_AboutLooking):
    """A colleague showed the customer a page."""

    type: ClassVar[str] = "cobrowsing.page-shown"
    shown: UUID
    url: str


@dataclass(frozen=True, kw_only=True)
class FormSent(_AboutLooking):
    """A form that both filled in was sent by the customer."""

    type: ClassVar[str] = "cobrowsing.form-sent"
    form: UUID
    kind: str
