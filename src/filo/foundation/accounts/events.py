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


@dataclass(frozen=True, kw_only=True)
class RoleAdded(DomainEvent):
    """The firm has a role of its own making."""

    type: ClassVar[str] = "role.added"
    role: UUID

    @property
    def subject(self) -> UUID:
        return self.role


@dataclass(frozen=True, kw_only=True)
class RoleEdited(DomainEvent):
    """A role may do more or less than before, or has another name."""

    type: ClassVar[str] = "role.edited"
    role: UUID

    @property
    def subject(self) -> UUID:
        return self.role


@dataclass(frozen=True, kw_only=True)
class RoleDeleted(DomainEvent):
    """A role that nobody had is gone."""

    type: ClassVar[str] = "role.deleted"
    role: UUID

    @property
    def subject(self) -> UUID:
        return self.role
