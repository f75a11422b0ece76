"""What happens with consents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutConsent(DomainEvent):
    party: UUID
    consent: UUID
    purpose: str

    @property
    def subject(self) -> UUID:
        return self.party


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(_AboutConsent):
    """A customer agreed to a purpose."""

    type: ClassVar[str] = "consent.given"


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(_AboutConsent):
    """A customer took his consent back, or refused it."""

    type: ClassVar[str] = "consent.withdrawn"
