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
from django.db.models import Count as RowCount
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from filo.foundation.errors import BadRequest
from filo.foundation.sizes import rows_about

Row = TypeVar("Row", bound=Model)
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
# How far rows are counted; of a table larger than LARGE less far, since one may look at ten rows to count one.
COUNT_CAP, COUNT_CAP_OF_LARGE, LARGE = 10_000, 1_000, 50_000


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


def cap_for(model: type[Model]) -> int:
    """How far rows of a table are counted."""
    return COUNT_CAP_OF_LARGE if rows_about(model) > LARGE else COUNT_CAP


def capped_count(found: QuerySet[Any], *, cap: int | None = None) -> Count:
    """The number of rows, read no further than `cap`."""
    cap = cap or cap_for(found.model)
    number = found.order_by()[: cap + 1].count()
    return Count(min(number, cap), exact=number <= cap)


@dataclass(frozen=True)
class Stretch:
    """A part of a list that stands before or after the others and has an order of its own."""

    rows: QuerySet[Any]
    keys: Sequence[Key]


def page_of_stretches(stretches: Sequence[Stretch], *, size: int, cursor: str = "") -> Page[Any]:
    """A page of a list that is one stretch after the other; where one ends, the next fills the page.

    Raises `BadRequest` for a cursor that this list has not given.
    """
    place, _dot, inner = cursor.partition(".")
    if cursor and not (place.isdecimal() and int(place) < len(stretches)):
        raise _lost()
    at = int(place) if cursor else 0
    page = page_of(stretches[at].rows, stretches[at].keys, size=size, cursor=inner)
    rows, after, before = list(page.rows), page.next, page.previous
    last = at
    while after is None and len(rows) < size and last + 1 < len(stretches) and not _goes_back(inner):
        last += 1
        more = page_of(stretches[last].rows, stretches[last].keys, size=size - len(rows))
        rows, after = rows + more.rows, more.next
    if before is None and at > 0 and (rows or _goes_back(inner)):
        at, before = at - 1, _write_end()
    following = f"{last}.{after}" if after else None
    if after is None and len(rows) == size and not _goes_back(inner):  # it ends where the page does: is there more?
        later = range(last + 1, len(stretches))
        following = next((f"{number}." for number in later if stretches[number].rows.exists()), None)
    return Page(rows, next=following, previous=f"{at}.{before}" if before and cursor else None)


def capped_count_of(found: QuerySet[Any], column: str, *, cap: int | None = None) -> Count:
    """How many values of `column` the rows have; of more rows than `cap` only the first are looked at.

    So what is not exact is still true: there are at least so many.
    """
    cap = cap or cap_for(found.model)
    first = found.order_by().values(column)[: cap + 1]
    seen = first.aggregate(rows=RowCount("*"), values=RowCount(column, distinct=True))
    return Count(min(seen["values"], cap), exact=seen["rows"] <= cap)


def page_of(found: QuerySet[Row], keys: Sequence[Key], *, size: int, cursor: str = "") -> Page[Row]:
    """`size` rows in the order of `keys` (the last must be unique) after, or before, the cursor.

    Raises `BadRequest` for a cursor that this list has not given.
    """
    backwards, values = _read(cursor, keys) if cursor else (False, [])
    walked = [Key(key.column, key.descending != backwards, key.nullable) for key in keys]
    if values:
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


def page_from(rows: list[Row], keys: Sequence[Key], *, size: int) -> Page[Row]:
    """The first page, from up to one row more than its size, read in the order of `keys`."""
    more, rows = len(rows) > size, rows[:size]
    return Page(rows, next=_write(rows[-1], keys, backwards=False) if more else None, previous=None)


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


def _write_end() -> str:
    """The cursor of a list's last page: backwards from nowhere."""
    return base64.urlsafe_b64encode(b"[1]").decode().rstrip("=")


def _goes_back(cursor: str) -> bool:
    return bool(cursor) and base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[:2] == b"[1"


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _read(cursor: str, keys: Sequence[Key]) -> tuple[bool, list[Any]]:
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        backwards, *values = found
        if len(values) not in (len(keys), 0 if backwards else len(keys)) or backwards not in (0, 1):
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
