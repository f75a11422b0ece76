"""What happens to the firm and to how it is divided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent

FIRM_ID = UUID(int=1)  # the firm is one row; this is how audit and events name it


@dataclass(frozen=True, kw_only=True)
class FirmEdited(DomainEvent):
    """The firm's name, visibility scheme, language or time zone changed."""

    type: ClassVar[str] = "firm.edited"

    @property
    def subject(self) -> UUID:
        return FIRM_ID


@dataclass(frozen=True, kw_only=True)
class _OfUnit:
    unit: UUID

    @property
    def subject(self) -> UUID:
        return self.unit


@dataclass(frozen=True, kw_only=True)
class UnitAdded(_OfUnit, DomainEvent):
    """The tree has a new unit."""

    type: ClassVar[str] = "unit.added"


@dataclass(frozen=True, kw_only=True)
class UnitEdited(_OfUnit, DomainEvent):
    """A unit has another name or code, or stands under another (with all that is below it)."""

    type: ClassVar[str] = "unit.edited"


@dataclass(frozen=True, kw_only=True)
class UnitDeleted(_OfUnit, DomainEvent):
    """A unit that nothing referred to is gone."""

    type: ClassVar[str] = "unit.deleted"


@dataclass(frozen=True, kw_only=True)
class _OfDimension:
    kind: str
    id: UUID

    @property
    def subject(self) -> UUID:
        return self.id


@dataclass(frozen=True, kw_only=True)
class DimensionAdded(_OfDimension, DomainEvent):
    """There is a new company, area, channel or product line (`kind` says which)."""

    type: ClassVar[str] = "dimension.added"


@dataclass(frozen=True, kw_only=True)
class DimensionEdited(_OfDimension, DomainEvent):
    """A company, area, channel or product line changed."""

    type: ClassVar[str] = "dimension.edited"


@dataclass(frozen=True, kw_only=True)
class DimensionDeleted(_OfDimension, DomainEvent):
    """A company, area, channel or product line that nothing referred to is gone."""

    type: ClassVar[str] = "dimension.deleted"
