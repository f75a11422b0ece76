"""Every event that Filo announces, read from the classes themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any

from filo.foundation.events.base import DomainEvent, event_kinds
from filo.foundation.events.registry import handlers_of, load_handlers


@dataclass(frozen=True)
class EventField:
    """A field of an event: its name, its type as it is written in Python, and whether it is always there."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True)
class EventType:
    """An event type with what is known of it; `module` is where its class stands."""

    type: str
    doc: str
    module: str
    fields: tuple[EventField, ...]
    handlers: tuple[str, ...]


def event_types() -> list[EventType]:
    """The catalogue, by type."""
    load_handlers()
    return [_described(kind) for kind in event_kinds()]


def _described(kind: type[DomainEvent]) -> EventType:
    return EventType(
        type=kind.type,
        doc=inspect.getdoc(kind) or "",
        module=kind.__module__,
        fields=tuple(_fields(fields(kind))),
        handlers=tuple(handler.name for handler in handlers_of(kind.type)),
    )


def _fields(found: Iterable[Field[Any]]) -> Iterable[EventField]:
    for field in found:
        name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
        required = field.default is MISSING and field.default_factory is MISSING
        yield EventField(name=field.name, type=name, required=required)
