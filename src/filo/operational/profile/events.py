"""What happens with what is known of customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutTrait(DomainEvent):
    trait: UUID
    party: UUID
    kind: str

    @property
    def subject(self) -> UUID:
        return self.party


@dataclass(frozen=True, kw_only=True)
class TraitLearned(_AboutTrait):
    """A fact about a customer became known. source: mail, chat, assistant, order, portal, colleague or import."""

    type: ClassVar[str] = "trait.learned"
    source: str


@dataclass(frozen=True, kw_only=True)
class TraitForgotten(_AboutTrait):
    """A fact about a customer holds no more."""

    type: ClassVar[str] = "trait.forgotten"


@dataclass(frozen=True, kw_only=True)
class TraitConfirmed(_AboutTrait):
    """The customer said himself that it is so, or a colleague vouched for it."""

    type: ClassVar[str] = "trait.confirmed"
