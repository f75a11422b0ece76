"""The rows of a text table, read one after the other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from filo.foundation.errors import DomainError
from filo.operational.transfer.writing import is_formula

LONGEST_CELL = 1_000_000
MOST_LINES_IN_A_ROW = 500
csv.field_size_limit(LONGEST_CELL)


class Unreadable(DomainError):
    """A file that holds no table; the sentence says why."""

    code, status = "unreadable-file", 422


@dataclass(frozen=True)
class Shape:
    """How a file is to be read."""

    encoding: str
    delimiter: str
    has_header: bool
    headers: tuple[str, ...]


def read_rows(path: Path, shape: Shape, *, after: int = 0) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of every row that says something, from the one after number `after` on.

    Numbers are those a spreadsheet shows: the first row is 1, whether it is the header or not, and empty rows
    count. Cells are as many as the headers; what stands beyond them is kept at the end. Raises `Unreadable`.
    """
    width = len(shape.headers)
    skipped = max(after, 1 if shape.has_header else 0)
    with path.open(encoding=shape.encoding, errors="replace", newline="") as file:
        header_is_due = shape.has_header
        for number, cells in records(file, shape.delimiter):
            if header_is_due:  # the first row that says something, wherever it stands
                header_is_due = False
                continue
            if number <= skipped:
                continue
            yield number, [_as_meant(cell) for cell in cells] + [""] * (width - len(cells))


def _as_meant(cell: str) -> str:
    """Without the apostrophe that an export put before what a spreadsheet would take for a formula."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def records(file: io.TextIOBase, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with its number. Raises `Unreadable`."""
    lines = (line.replace("\x00", "").replace("\x1a", "") for line in file)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    number = lines_before = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _never_closed(lines_before + 1) from None
        number += 1
        if reader.line_num - lines_before > MOST_LINES_IN_A_ROW:
            raise _never_closed(lines_before + 1)
        lines_before = reader.line_num
        if number == 1 and cells:
            cells[0] = cells[0].removeprefix("\ufeff")
            if len(cells) <= 2 and cells[0].lower().startswith("sep="):  # Excel's own hint
                continue
        if any(cell and not cell.isspace() for cell in cells):
            yield number, cells


def _never_closed(line: int) -> Unreadable:
    sentence = _("Line %(n)s opens a quotation mark that is not closed. Close it or take it away.")
    return Unreadable(sentence % {"n": line}, code="open-quotation")
