"""Keyset pages and capped counts: no page number, no count of a whole table."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from filo.foundation.errors import BadRequest

Row = TypeVar("Row", bound=Model)
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
COUNT_CAP = 10_000


@dataclass(frozen=True)
class Key:
    """One column of an order. `nullable` values come last, whichever the direction."""

    column: str
    descending: bool = False
    nullable: bool = False


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows and the cursors to what is before and after them."""

    rows: list[Row]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Count:
    """How many there are, up to the cap."""

    number: int
    exact: bool


def capped_count(found: QuerySet[Any], *, cap: int = COUNT_CAP) -> Count:
    """The number of rows, read no further than `cap`."""
    number = found.order_by()[: cap + 1].count()
    return Count(min(number, cap), exact=number <= cap)


def page_of(found: QuerySet[Row], keys: Sequence[Key], *, size: int, cursor: str = "") -> Page[Row]:
    """`size` rows in the order of `keys` (the last must be unique) after, or before, the cursor.

    Raises `BadRequest` for a cursor that this list has not given.
    """
    backwards, values = _read(cursor, keys) if cursor else (False, None)
    walked = [Key(key.column, key.descending != backwards, key.nullable) for key in keys]
    if values is not None:
        try:
            found = found.filter(_beyond(walked, values, nulls_first=backwards))
        except (ValidationError, ValueError, TypeError):  # values that these columns cannot hold
            raise _lost() from None
    ordered = found.order_by(*(_order(key, nulls_first=backwards) for key in walked))
    try:
        rows = list(ordered[: size + 1])
    except OverflowError:  # a moment before the first year
        raise _lost() from None
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        next=_write(rows[-1], keys, backwards=False) if rows and (more or backwards) else None,
        previous=_write(rows[0], keys, backwards=True) if rows and cursor and (more or not backwards) else None,
    )


def _order(key: Key, *, nulls_first: bool) -> Any:
    column = F(key.column)
    if not key.nullable:
        return column.desc() if key.descending else column.asc()
    nulls = {"nulls_first": True} if nulls_first else {"nulls_last": True}
    return column.desc(**nulls) if key.descending else column.asc(**nulls)


def _beyond(keys: Sequence[Key], values: Sequence[Any], *, nulls_first: bool) -> Q:
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        condition |= equal & _past(key, value, nulls_first=nulls_first)
        equal &= Q(**{f"{key.column}__isnull": True}) if value is None else Q(**{key.column: value})
    # The same bound once more as a plain range on the first column, so that an index can seek to it.
    first, value = keys[0], values[0]
    if value is not None and not first.nullable:
        condition &= Q(**{f"{first.column}__{'lte' if first.descending else 'gte'}": value})
    return condition


def _past(key: Key, value: Any, *, nulls_first: bool) -> Q:
    null = Q(**{f"{key.column}__isnull": True})
    if value is None:
        return ~null if nulls_first else Q(pk__in=[])
    past = Q(**{f"{key.column}__{'lt' if key.descending else 'gt'}": value})
    return past | null if key.nullable and not nulls_first else past


def _write(row: Model, keys: Sequence[Key], *, backwards: bool) -> str:
    values = [_plain(getattr(row, key.column)) for key in keys]
    text = json.dumps([1 if backwards else 0, *values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _read(cursor: str, keys: Sequence[Key]) -> tuple[bool, list[Any]]:
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        backwards, *values = found
        if len(values) != len(keys) or backwards not in (0, 1):
            raise ValueError
        if not all(value is None or isinstance(value, str | int) for value in values):
            raise ValueError
        if any(isinstance(value, str) and _UNKEEPABLE.search(value) for value in values):
            raise ValueError
    except (ValueError, TypeError, binascii.Error, UnicodeDecodeError):
        raise _lost() from None
    return bool(backwards), values


def _lost() -> BadRequest:
    sentence = _("This page of the list is not there any more. Start from the first.")
    return BadRequest(sentence, code="bad-cursor")
