"""What happens with who is on the public pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutVisitor(DomainEvent):
    visitor: UUID
    party: UUID

    @property
    def subject(self) -> UUID:
        return self.party


@dataclass(frozen=True, kw_only=True)
class VisitorRecognised(_AboutVisitor):
    """A browser is known as a customer's from now on. way: link, mail, order or colleague."""

    type: ClassVar[str] = "visitor.recognised"
    way: str


@dataclass(frozen=True, kw_only=True)
class RecognitionUndone(_AboutVisitor):
    """It was somebody else: what the browser does is no longer his."""

    type: ClassVar[str] = "visitor.recognition-undone"
