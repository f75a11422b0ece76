"""The rows of labelled files, with what each of their columns means for comparing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filo.foundation.folding import fold
from filo.operational.doubles.likeness.contacts import digits_of_day
from filo.operational.doubles.likeness.model import Column
from filo.operational.transfer.cells import is_nothing
from filo.operational.transfer.guessing import Survey, guess_columns, guess_kind
from filo.operational.transfer.mapping import Column as Guessed
from filo.operational.transfer.reading import Shape, Unreadable, read_rows
from filo.operational.transfer.recognising import recognise

# What a party has; whatever else a file has is compared by what stands in it.
_OF_A_PARTY = """
    given_name family_name full_name name_reversed legal_name email pec phone mobile fax web vat_number codice_fiscale
    birth_date
"""
OWN = frozenset(_OF_A_PARTY.split())
PLACE = frozenset(("street", "postal_code", "city"))
_SHARE = 0.8
_DOOR = re.compile(r"^\s*\d+\w?\s|\s\d+\s*[/a-zA-Z]?\d*\s*$|,\s*(?:n\.?\s*)?\d")


@dataclass(frozen=True)
class Table:
    """The rows of one or more files with the same columns."""

    headers: tuple[str, ...]
    rows: list[list[str]]


@dataclass(frozen=True)
class Meaning:
    """What a column is: a part of a party (`code`), or a column compared by its content (`compared_as`)."""

    place: int
    header: str
    code: str = ""
    compared_as: str = ""

    @property
    def column(self) -> Column:
        return Column(f"“{self.header}”", self.compared_as)


def read_table(files: Sequence[Path]) -> Table:
    """All rows of all files; those after the first are taken by the names of their columns. Raises `Unreadable`."""
    headers: tuple[str, ...] = ()
    rows: list[list[str]] = []
    for path in files:
        shape = recognise(path)
        headers = headers or shape.headers
        if set(shape.headers) != set(headers):
            raise Unreadable(f"{path} has other columns than the first file.", code="other-columns")
        order = [shape.headers.index(header) for header in headers]
        rows += [[_said(cells[place]) for place in order] for _number, cells in read_rows(path, shape)]
    return Table(headers, rows)


def meanings(table: Table, left_out: frozenset[str], *, as_shipped: bool = False) -> tuple[str, tuple[Meaning, ...]]:
    """The kind of the rows, and the meaning of each compared column: not of `left_out`, which hold the truth."""
    shape = Shape("utf-8", ",", True, table.headers)
    kind = guess_kind([header for header in table.headers if header not in left_out])
    found = Survey(len(table.rows), table.rows[:200], [False] * len(table.headers))
    known = guess_columns(shape, found, kind=kind, source="")
    values = [[row[place] for row in table.rows if row[place]] for place in range(len(table.headers))]
    whole = as_shipped or _has_doors(known, values)
    taken: set[str] = set()
    result = []
    for place, column in enumerate(known):
        code = column.field.rpartition(".")[2]
        if column.header in left_out or not values[place] or _numbers_rows(values[place], len(table.rows)):
            continue
        own = (code in OWN or (code in PLACE and whole)) and (code not in taken or code in ("email", "phone", "web"))
        taken.add(code)
        result.append(
            Meaning(place, column.header, code)
            if own
            else Meaning(place, column.header, compared_as=compared_as(values[place]))
        )
    return ("person" if kind == "people" else "organisation"), tuple(result)


def compared_as(values: Sequence[str]) -> str:
    """How a column is compared, by what stands in it: a day, a number, a code, a phrase or a text."""
    if _most(values, lambda value: bool(digits_of_day(value))):
        return "day"
    if _most(values, lambda value: bool(re.fullmatch(r"[^\d]{0,2}\d+[.,]\d{1,2}", value))):
        return "number"
    if _most(values, lambda value: bool(re.fullmatch(r"(?=.*\d)[\w./\-]+", value))):
        return "code"
    words = sum(len(value.split()) for value in values) / len(values)
    return "phrase" if words >= 2.5 else "text"


def prepared(value: str, compared: str) -> str:
    """A cell as such a column is compared."""
    if compared == "day":
        return digits_of_day(value) or fold(value).replace(" ", "")
    if compared == "number":
        return re.sub(r"[^\d.]", "", value.replace(",", "."))
    return fold(value).replace(" ", "") if compared == "code" else fold(value)


def _has_doors(known: Sequence[Guessed], values: Sequence[Sequence[str]]) -> bool:
    """Whether streets stand with their numbers in one column; where they are apart each is compared by itself."""
    for column, cells in zip(known, values, strict=True):
        if column.field == "street" and cells:
            return sum(bool(_DOOR.search(cell)) for cell in cells) >= len(cells) / 2
    return False


def _numbers_rows(values: Sequence[str], rows: int) -> bool:
    """Whether a column only numbers the rows: each has another number, so it is nobody's."""
    return rows > 1 and len(values) == len(set(values)) == rows and all(value.isdigit() for value in values)


def _most(values: Sequence[str], says: Callable[[str], bool]) -> bool:
    return sum(1 for value in values if says(value)) >= _SHARE * len(values)


def _said(cell: str) -> str:
    text = cell.strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        text = text[1:-1].strip()
    return "" if is_nothing(text) else text
