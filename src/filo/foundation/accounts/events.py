"""What happens to people of the firm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PersonInvited(DomainEvent):
    """Somebody was invited to work here."""

    type: ClassVar[str] = "user.invited"
    user: UUID

    @property
    def subject(self) -> UUID:
        return self.user


@dataclass(frozen=True, kw_only=True)
class PersonEdited(DomainEvent):
    """Somebody's name, role, unit, companies or activity changed."""

    type: ClassVar[str] = "user.edited"
    user: UUID

    @property
    def subject(self) -> UUID:
        return self.user
