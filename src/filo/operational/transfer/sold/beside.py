"""What rows do not say themselves: what lines above tell of their order, what is told once of the whole file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from filo.foundation.amounts import day_words
from filo.operational.transfer import figures
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.sold.reading import of_whole_order, said_in
from filo.operational.transfer.surveying import EITHER

Above = Callable[[Sequence[str]], Mapping[str, str]]
Note = Callable[[Sequence[str]], dict[str, str] | None]


@dataclass
class Beside:
    """By the number of the row. above: what a line above it says of the whole order; notes: what is told with it."""

    above: dict[int, Mapping[str, str]] = field(default_factory=dict)
    notes: dict[int, dict[str, str]] = field(default_factory=dict)


def beside(rows: Iterable[tuple[int, Sequence[str]]], columns: Sequence[Column]) -> Beside:
    """What stands beside these rows, of which none is missing before them."""
    found, above = Beside(), lines_above(columns)
    for number, cells in rows:
        if told := above(cells):
            found.above[number] = told
    return found


def lines_above(columns: Sequence[Column]) -> Above:
    """Asked of each row in turn: what the line above it says of the order, if it is a further line of the same one."""
    last: tuple[str, dict[str, str]] = ("", {})

    def above(cells: Sequence[str]) -> Mapping[str, str]:
        nonlocal last
        told, _ways = said_in(cells, columns)
        number, before = told.get("number", ""), last[1] if told.get("number", "") == last[0] else {}
        last = (number, {**before, **of_whole_order(told)})
        return before if number else {}

    return above


def doubtful_day(columns: Sequence[Column]) -> Note:
    """Asked of each row in turn: once, beside the first day that could be another where all could, how it is read."""
    place = next((at for at, one in enumerate(columns) if one.field == "day" and EITHER in one.format.split()), None)
    is_told = place is None

    def note(cells: Sequence[str]) -> dict[str, str] | None:
        nonlocal is_told
        if is_told or place is None:
            return None
        text = cells[place].strip()
        parts, day = figures.day_parts(text), figures.day(text)
        if parts is None or day is None or parts[0] == parts[1]:
            return None
        is_told = True
        sentence = _(
            "“%(text)s” can be read in two ways, and nothing in the file says which: it is read as %(read)s. If the "
            "month comes first, choose “month/day/year” for this column."
        )
        read = day_words(day)
        return {"column": columns[place].header, "sentence": sentence % {"text": text[:40], "read": read}}

    return note
