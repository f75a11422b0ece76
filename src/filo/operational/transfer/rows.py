"""The cells of a row are read as their columns mean them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from filo.operational.transfer import cells
from filo.operational.transfer.cleaning import clean
from filo.operational.transfer.countries import country_code
from filo.operational.transfer.facts import Facts
from filo.operational.transfer.gathering import READERS, Gathered, Read, read_place, read_plain
from filo.operational.transfer.mapping import ADDRESS_PARTS, OWN, Column
from filo.operational.transfer.naming import group_of
from filo.operational.transfer.own_values import read_own
from filo.operational.transfer.reaching import REACHING
from filo.operational.transfer.shaping import shape

PARTS = frozenset(part.code for part in ADDRESS_PARTS)


@dataclass(frozen=True)
class _Way:
    """How the rows of a file are read: its columns that mean something, with what reads each and its group."""

    columns: Sequence[Column]
    readers: tuple[tuple[int, Column, Read, str], ...]
    labels: tuple[tuple[int, str], ...]
    countries: tuple[int, ...]


_latest: list[_Way] = []


def read_row(number: int, row: Sequence[str], columns: Sequence[Column], kind: str) -> Facts:
    """The clean facts of a row; `draft` is None when it has to be rejected."""
    way = _way(columns)
    facts = Facts(number, list(row), {})
    gathered = Gathered(facts, regions=_regions(way, row))
    for place, group in way.labels:
        if place < len(row) and not cells.is_nothing(row[place]):
            gathered.labels[group] = cells.text_of(row[place])
    for place, column, read, group in way.readers:
        if place < len(row) and not cells.is_nothing(row[place]):
            facts.columns.setdefault(column.field.rpartition(".")[2], column.header)
            read(gathered, column, cells.text_of(row[place]), group)
    if any(not cells.is_nothing(cell) for cell in row[len(columns) :]):
        facts.warn("", _("The row has more cells than there are columns: look whether its cells have shifted."))
    if any("\n" in cell and _holds_rows(cell, len(columns)) for cell in row):
        facts.warn("", _("A cell holds lines that look like rows: a quotation mark before it may be one too many."))
    shape(gathered, kind)
    clean(facts)
    return facts


def _holds_rows(cell: str, width: int) -> bool:
    """Whether a line of the cell has as many delimiters as a row: what an open quotation swallows."""
    lines = cell.split("\n")[1:]
    return width > 2 and any(line.count(mark) >= width - 1 for line in lines for mark in ",;\t|")


def _way(columns: Sequence[Column]) -> _Way:
    """Found once for a file: its rows all come with the same columns."""
    latest = _latest[0] if _latest else None  # looked at once: imports run beside one another
    if latest is not None and latest.columns is columns:
        return latest
    known = list(enumerate(columns))
    found = _Way(
        columns,
        tuple(
            (place, column, _reader_of(column.field), group_of(column.header))
            for place, column in known
            if column.field and column.field != "label"
        ),
        tuple((place, group_of(column.header)) for place, column in known if column.field == "label"),
        tuple(place for place, column in known if column.field.rpartition(".")[2] == "country"),
    )
    _latest[:] = [found]
    return found


def _reader_of(field: str) -> Read:
    if field.startswith(OWN):
        return read_own
    if field.rpartition(".")[2] in PARTS:
        return read_place
    return REACHING.get(field) or READERS.get(field) or read_plain


def _regions(way: _Way, row: Sequence[str]) -> tuple[str, ...]:
    """The countries by whose rules telephone numbers are read: those that the row names, or Italy."""
    named = [country_code(cells.text_of(row[place])) for place in way.countries if place < len(row) and row[place]]
    return tuple(dict.fromkeys(code for code in named if code)) or ("IT",)
