"""What happens when lists are taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutExport(DomainEvent):
    """What is said of one export."""

    export: UUID

    @property
    def subject(self) -> UUID:
        return self.export


@dataclass(frozen=True, kw_only=True)
class ExportFinished(_AboutExport):
    """A list was taken out in the background: its file is there."""

    type: ClassVar[str] = "export.finished"
    rows: int


@dataclass(frozen=True, kw_only=True)
class ExportFailed(_AboutExport):
    """A list could not be taken out to its end; there is no file."""

    type: ClassVar[str] = "export.failed"


@dataclass(frozen=True, kw_only=True)
class ExportAlarm(_AboutExport):
    """Somebody, or a token, has taken out more rows in a day than is thought usual."""

    type: ClassVar[str] = "export.alarm"
    rows: int
    by_token: bool


@dataclass(frozen=True, kw_only=True)
class ExportLimitsChanged(DomainEvent):
    """How much may be taken out in a day was changed."""

    type: ClassVar[str] = "export-limits.changed"
    limits: UUID

    @property
    def subject(self) -> UUID:
        return self.limits
