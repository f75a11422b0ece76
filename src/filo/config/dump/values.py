"""How the values of a column are told in JSON, read again, and written to a database."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models
from django.utils.dateparse import parse_duration
from django.utils.duration import duration_iso_string

if TYPE_CHECKING:
    Column = models.Field[Any, Any]
else:
    Column = models.Field
Read = Callable[[Any], Any]

_READ: tuple[tuple[type[Column], Read, str], ...] = (
    (models.UUIDField, UUID, "UUID"),
    (models.DateTimeField, datetime.fromisoformat, "moment (ISO 8601, UTC)"),
    (models.DateField, date.fromisoformat, "day (ISO 8601)"),
    (models.TimeField, time.fromisoformat, "time of day"),
    (models.DecimalField, Decimal, "decimal number, as text"),
    (models.DurationField, parse_duration, "duration (ISO 8601)"),
    (models.BinaryField, base64.b64decode, "bytes, in base64"),
)
_SAID: tuple[tuple[type[Column], str], ...] = (
    (models.JSONField, "JSON"),
    (models.BooleanField, "true or false"),
    (models.IntegerField, "whole number"),
    (models.AutoField, "whole number"),
    (models.FloatField, "number"),
)


def line_of(names: list[str], values: tuple[Any, ...]) -> bytes:
    """A row as the one line that stands for it, on every engine."""
    row = dict(zip(names, values, strict=True))
    return json.dumps(row, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no way is known to tell {type(value).__name__}")


def reader_of(column: Column) -> Read:
    """From what a file says to what a database is given."""
    target = _target(column)
    read = next((found for kind, found, _said in _READ if isinstance(target, kind)), None)
    write = _writer_of(column)
    if read is None:
        return write or (lambda value: value)

    def both(value: Any) -> Any:
        known = None if value is None else read(value)
        return known if write is None else write(known)

    return both


def _writer_of(column: Column) -> Read | None:
    """None where the database takes the value as it is."""
    target = _target(column)
    plain: tuple[type[Column], ...] = (models.CharField, models.TextField, models.IntegerField, models.FloatField)
    if connection.vendor == "postgresql":
        plain += (models.UUIDField, models.DateTimeField, models.DateField, models.BooleanField)
    if isinstance(target, plain):
        return None
    return lambda value: column.get_db_prep_save(value, connection)


def said_of(column: Column) -> str:
    """What kind of values it has, in words."""
    target = _target(column)
    found = [said for kind, _read, said in _READ if isinstance(target, kind)]
    return next(iter([*found, *(said for kind, said in _SAID if isinstance(target, kind)), "text"]))


def _target(column: Column) -> Column:
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    return column
