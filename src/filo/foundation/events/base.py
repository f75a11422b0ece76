"""What an event is: a fact in the past tense, made of ids and plain values, that a verb announces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

_kinds: dict[str, type[DomainEvent]] = {}


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """Base of every event: a frozen, keyword-only dataclass of UUID, str, int, bool, date, datetime,
    None, and lists of these; names and addresses of people stay where they are and are looked up by id.
    """

    type: ClassVar[str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        name = cls.__dict__.get("type")
        if name is None:
            return
        known = _kinds.setdefault(name, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"{name} is the type of {known.__qualname__} and of {cls.__qualname__}")
        _kinds[name] = cls

    @property
    def subject(self) -> UUID:
        """The id of the entity that the event is about."""
        raise NotImplementedError


@dataclass(frozen=True)
class EventMeta:
    """What is known of an event besides its own fields: which one, when, and by whom."""

    id: UUID
    type: str
    time: datetime
    sequence: int
    actor: str
    actor_id: UUID | None
    operation_id: UUID | None


def event_kinds() -> list[type[DomainEvent]]:
    """Every event class that was imported, by type."""
    return [kind for _name, kind in sorted(_kinds.items())]


def event_kind(type_: str) -> type[DomainEvent] | None:
    """The class of an event type; None when this version of Filo does not know it (any more)."""
    return _kinds.get(type_)
