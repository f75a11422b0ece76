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


@dataclass(frozen=True, kw_only=True)
class _Turned(DomainEvent):
    """`rows` of an import went back or came again; `left` could not, because somebody has worked with them since."""

    batch: UUID
    rows: int
    left: int

    @property
    def subject(self) -> UUID:
        return self.batch


@dataclass(frozen=True, kw_only=True)
class ImportTakenBack(_Turned):
    """An import was taken back as a whole: what nobody has touched since is as it was before."""

    type: ClassVar[str] = "import.taken-back"


@dataclass(frozen=True, kw_only=True)
class ImportBroughtAgain(_Turned):
    """An import that was taken back came in again."""

    type: ClassVar[str] = "import.brought-again"
