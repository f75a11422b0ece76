"""What happens to imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ImportFailed(DomainEvent):
    """A file could not be brought in to its end; the rows that came in stay."""

    type: ClassVar[str] = "import.failed"
    batch: UUID

    @property
    def subject(self) -> UUID:
        return self.batch


@dataclass(frozen=True, kw_only=True)
class ImportFinished(DomainEvent):
    """A file was brought in: every row of it is accounted for."""

    type: ClassVar[str] = "import.finished"
    batch: UUID
    created: int
    updated: int
    unchanged: int
    rejected: int

    @property
    def subject(self) -> UUID:
        return self.batch
