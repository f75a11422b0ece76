"""Writes a list into a file, chunk by chunk, with the rights as they are at each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden
from filo.foundation.exportable import ExportColumn, Reader
from filo.operational.exports.formats.base import Writer
from filo.operational.exports.policies import eyes_of, require_take_out
from filo.operational.exports.wishes import Wish, columns_wished

CHUNK = 2_000
Tell = Callable[[int], object]


class Cancelled(Exception):
    """Somebody stopped it."""


@dataclass
class _View:
    """The list as one principal sees it at a moment."""

    principal: Principal
    eyes: Principal
    reader: Reader
    columns: list[ExportColumn]


def write_list(
    whose: Callable[[], Principal],
    wish: Wish,
    file: BinaryIO,
    *,
    tell: Tell = lambda _rows: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    most: int | None = None,
) -> int:
    """Write what was wished; gives how many rows there are. `whose` is asked before each chunk: a right, or a token,
    that ends, ends the file. Raises `Forbidden`, `NotFound`, `BadRequest`, `Cancelled`.
    """
    view = _view(whose(), wish)
    zone = ZoneInfo(view.principal.time_zone)
    with timezone.override(zone), _to_its_end(wish.format.open(file, view.columns)) as writer:
        rows, cursor = 0, ""
        while True:
            view = _looked_again(view, whose(), wish)
            ids, after = view.reader.ids(cursor=cursor, size=CHUNK)
            rows += len(ids)
            if most is not None and rows > most:
                raise Forbidden(_("The list has grown beyond what may be taken out in a day."))
            writer.write(_read(view, wish, ids))
            tell(rows)
            if is_cancelled():
                raise Cancelled
            if after is None:
                return rows
            cursor = after


@contextmanager
def _to_its_end(writer: Writer) -> Iterator[Writer]:
    try:
        yield writer
        writer.close()
    except BaseException:
        writer.drop()
        raise


def count_of(principal: Principal, wish: Wish, most: int) -> tuple[int, bool]:
    """How many rows a file would have, counted no further than `most`, and whether that is exact."""
    return wish.exportable.reader(eyes_of(principal, wish.exportable), wish.asked).count(most)


def _view(principal: Principal, wish: Wish) -> _View:
    require_take_out(principal, wish.exportable)
    eyes = eyes_of(principal, wish.exportable)
    reader = wish.exportable.reader(eyes, wish.asked)
    return _View(principal, eyes, reader, list(columns_wished(eyes, wish)))


def _looked_again(view: _View, principal: Principal, wish: Wish) -> _View:
    """The same view while nothing about the principal has changed."""
    if principal == view.principal:
        return view
    found = _view(principal, wish)
    if [column.code for column in found.columns] != [column.code for column in view.columns]:
        raise Forbidden(_("Your rights have changed while the file was written: take it out anew."))
    return _View(principal, found.eyes, found.reader, view.columns)


def _read(view: _View, wish: Wish, ids: list[UUID]) -> Sized:
    exportable, by = wish.exportable, wish.format.by
    if by == "documents" and exportable.documents:
        return exportable.documents(view.eyes, ids)
    if by == "cards" and exportable.cards:
        return exportable.cards(view.eyes, ids)
    needs = dict.fromkeys(need for column in view.columns for need in column.needs)
    return exportable.rows(view.eyes, ids, tuple(needs))
