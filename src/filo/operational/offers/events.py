"""What happens to offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutOffer(DomainEvent):
    offer: UUID
    party: UUID

    @property
    def subject(self) -> UUID:
        return self.offer


@dataclass(frozen=True, kw_only=True)
class OfferMade(_AboutOffer):
    """Something is proposed to a customer."""

    type: ClassVar[str] = "offer.made"
    channel: str


@dataclass(frozen=True, kw_only=True)
class OfferClosed(_AboutOffer):
    """It was accepted, refused, or has expired (`outcome`)."""

    type: ClassVar[str] = "offer.closed"
    outcome: str
