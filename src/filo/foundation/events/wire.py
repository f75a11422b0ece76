"""Between event objects and JSON, both ways, by the declared types of their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from filo.foundation.events.base import DomainEvent

Reader = Callable[[Any], Any]
_PLAIN: dict[Any, Reader] = {
    str: str,
    int: int,
    bool: bool,
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}
_readers: dict[type[DomainEvent], dict[str, Reader]] = {}


def to_data(event: DomainEvent) -> dict[str, Any]:
    """The fields of an event as JSON values; raises TypeError for one that is not plain."""
    return {name: _written(getattr(event, name)) for name in readers(type(event))}


def from_data(kind: type[DomainEvent], data: Mapping[str, Any]) -> DomainEvent:
    """The event that was written as `data`; what this version does not know is left out, what was not yet
    written takes the field's default (TypeError when it has none).
    """
    known = readers(kind)
    return kind(**{name: read(data[name]) for name, read in known.items() if name in data})


def readers(kind: type[DomainEvent]) -> dict[str, Reader]:
    """For each field of an event class, what makes its value from JSON."""
    if kind not in _readers:
        hints, where = get_type_hints(kind), kind.__qualname__
        _readers[kind] = {field.name: _reader(hints[field.name], f"{where}.{field.name}") for field in fields(kind)}
    return _readers[kind]


def _reader(hint: Any, where: str) -> Reader:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return lambda value: value
    if origin in (Union, UnionType):
        some = [part for part in inner if part is not NoneType]
        if len(some) == 1:
            read = _reader(some[0], where)
            return lambda value: None if value is None else read(value)
    if origin in (list, tuple) and inner and inner[1:] in ((), (Ellipsis,)):
        read = _reader(inner[0], where)
        return lambda values: origin(read(value) for value in values)
    raise TypeError(f"{where}: an event holds ids and plain values only, not {hint}")


def _written(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_written(part) for part in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"an event holds ids and plain values only, not {type(value).__name__}")
