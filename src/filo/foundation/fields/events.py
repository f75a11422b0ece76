"""What happens to the fields of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutField(DomainEvent):
    field: UUID
    entity: str
    code: str

    @property
    def subject(self) -> UUID:
        return self.field


@dataclass(frozen=True, kw_only=True)
class FieldMade(_AboutField):
    """The cards of an entity have one more field (`code` names it at the API)."""

    type: ClassVar[str] = "field.made"


@dataclass(frozen=True, kw_only=True)
class FieldChanged(_AboutField):
    """Name, choices, requirements or place of a field changed."""

    type: ClassVar[str] = "field.changed"


@dataclass(frozen=True, kw_only=True)
class FieldRetired(_AboutField):
    """A field is no longer shown nor asked for; what was written in it is kept."""

    type: ClassVar[str] = "field.retired"


@dataclass(frozen=True, kw_only=True)
class FieldBroughtBack(_AboutField):
    """A retired field is shown again, with what was written in it."""

    type: ClassVar[str] = "field.brought-back"
