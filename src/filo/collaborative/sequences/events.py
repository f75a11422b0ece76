"""What happens with sequences of mails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class SequenceStopped(DomainEvent):
    """A customer gets no more mails of a sequence before its last one has left; `reason` is a code."""

    type: ClassVar[str] = "sequence.stopped"
    enrolment: UUID
    party: UUID
    reason: str

    @property
    def subject(self) -> UUID:
        return self.enrolment
