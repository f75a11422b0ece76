"""What happens between Filo and a back office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutConnection(DomainEvent):
    connection: UUID

    @property
    def subject(self) -> UUID:
        return self.connection


@dataclass(frozen=True, kw_only=True)
class ConnectionAdded(_AboutConnection):
    """A back office was connected."""

    type: ClassVar[str] = "connection.added"


@dataclass(frozen=True, kw_only=True)
class ConnectionEdited(_AboutConnection):
    """How a back office is connected was changed, or it was switched on or off."""

    type: ClassVar[str] = "connection.edited"


@dataclass(frozen=True, kw_only=True)
class ConnectionLost(_AboutConnection):
    """A back office was not reached, several times in a row."""

    type: ClassVar[str] = "connection.lost"
    failures: int


@dataclass(frozen=True, kw_only=True)
class ValuesDisagreed(_AboutConnection):
    """Both sides changed values, and a person has to say which ones hold."""

    type: ClassVar[str] = "connection.disagreed"
    conflicts: int
