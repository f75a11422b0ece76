"""The rows of a text table, read one after the other."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from filo.foundation.errors import DomainError
from filo.operational.transfer.writing import is_formula

LONGEST_CELL = 1_000_000
LONGEST_HEADER = 120
MOST_LINES_IN_A_ROW = 500
MOST_BEFORE_HEADER = 30
MIXED = "mixed"
_NOT_UNICODE = "filo-windows-where-not-unicode"
csv.field_size_limit(LONGEST_CELL)
codecs.register_error(
    _NOT_UNICODE,
    lambda wrong: (wrong.object[wrong.start : wrong.end].decode("cp1252", "replace"), wrong.end),  # type: ignore[attr-defined]
)


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
    count; what stands above the header is none of them. Cells are as many as the headers; what stands beyond them
    is kept at the end. Raises `Unreadable`.
    """
    width = len(shape.headers)
    with opened(path, shape.encoding) as file:
        found = records(file, shape.delimiter)
        if shape.has_header:
            found = _below_header(found, shape.headers)
        for number, cells in found:
            if number > after:
                yield number, [_as_meant(cell) for cell in cells] + [""] * (width - len(cells))


def opened(path: Path, encoding: str) -> TextIO:
    """A file as text; in one of mixed encodings what is not Unicode is Windows 1252."""
    if encoding == MIXED:
        return path.open(encoding="utf-8-sig", errors=_NOT_UNICODE, newline="")
    return path.open(encoding=encoding, errors="replace", newline="")


def decoded(content: bytes, encoding: str) -> str:
    """The same for bytes."""
    return content.decode("utf-8-sig", _NOT_UNICODE) if encoding == MIXED else content.decode(encoding, "replace")


def _below_header(found: Iterator[tuple[int, list[str]]], headers: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    first = list(islice(found, MOST_BEFORE_HEADER))
    place = next((place for place, (_number, cells) in enumerate(first) if _is_header(cells, headers)), 0)
    return chain(first[place + 1 :], found)


def _is_header(cells: Sequence[str], headers: Sequence[str]) -> bool:
    """Whether these cells gave the headers their names; empty ones have got a name that depends on the language."""
    said = [(header_text(cell), header) for cell, header in zip(cells, headers, strict=False)]
    return len(cells) >= len(headers) and all(header.startswith(text) for text, header in said)


def header_text(cell: str) -> str:
    """A header on one line, as short as it is kept."""
    return " ".join(cell.split())[:LONGEST_HEADER]


def _as_meant(cell: str) -> str:
    """Without the apostrophe that an export put before what a spreadsheet would take for a formula."""
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def records(file: TextIO | io.StringIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
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
