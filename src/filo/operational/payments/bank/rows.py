"""A table as text, in rows of cells: a quote that is never closed costs its own line and no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from filo.operational.payments.bank.lines import Unreadable, day_in

SIGNS = ";\t,|"
MOST_JOINED = 30  # lines of the file that one text in quotes may take
_DAY_WITHIN = 4  # cells at the beginning of a line, one of which is a day where it is a line of its own


@dataclass(frozen=True)
class Row:
    """number: of its first line in the file, from 1. broken: a quote in it was never closed."""

    number: int
    cells: tuple[str, ...]
    broken: bool = False

    @property
    def width(self) -> int:
        """How many cells there are up to the last that is not empty."""
        return max((place for place, cell in enumerate(self.cells, start=1) if cell.strip()), default=0)


def lines_in(text: str) -> list[str]:
    """Its lines, whatever ends them."""
    return re.split(r"\r\n|\n|\r", text)


def text_in(content: bytes) -> str:
    """A text in UTF-8, UTF-16 or Windows-1252. Raises `Unreadable`."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("not-text")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def rows_of(lines: Sequence[str], sign: str) -> Iterator[Row]:
    """Each line as a row; a text in quotes may go over several, as long as none of them is a row by itself."""
    at = 0
    while at < len(lines):
        cells, taken = _cells(lines, at, sign)
        if cells is None:
            plain = (cell.strip().strip('"').replace('""', '"') for cell in lines[at].split(sign))
            yield Row(at + 1, tuple(plain), broken=True)
        else:
            yield Row(at + 1, tuple(cells))
        at += taken


def _cells(lines: Sequence[str], at: int, sign: str) -> tuple[list[str] | None, int]:
    """The cells of what begins at a line, and how many lines that takes; no cells where a quote stays open."""
    if '"' not in lines[at]:
        return lines[at].split(sign), 1
    whole = lines[at]
    for taken in range(1, MOST_JOINED + 1):
        found = _closed(whole, sign)
        if found is not None:
            return found, taken
        if at + taken >= len(lines) or _begins_anew(lines[at + taken], sign):
            break
        whole += "\n" + lines[at + taken]
    return None, 1


def _closed(text: str, sign: str) -> list[str] | None:
    """The cells of a row; None where a quote is open at its end: then the line after it is taken for its text."""
    try:
        found = list(csv.reader([*text.splitlines(keepends=True), "\n", "end"], delimiter=sign))
    except csv.Error:
        return None
    return found[0] if found[-1] == ["end"] else None


def _begins_anew(line: str, sign: str) -> bool:
    cells = [cell.strip().strip('"') for cell in line.split(sign)]
    return len(cells) > 1 and any(day_in(cell) for cell in cells[:_DAY_WITHIN])
