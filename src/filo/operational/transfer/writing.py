"""Text tables that a spreadsheet opens without taking what stands in them for formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = re.compile(r"[\s'\u200b-\u200f\u2060\ufeff]*[\t\r=+\-@＝＋－＠]")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would reckon with a cell instead of showing it, were it not for apostrophes."""
    return _FORMULA.match(cell) is not None


def defused(cell: str) -> str:
    """The cell with an apostrophe before what would be a formula; reading it back takes that away again."""
    return f"'{cell}" if is_formula(cell) else cell


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str = ";") -> Iterator[str]:
    """The lines of a table, the first with the mark by which spreadsheets know Unicode."""
    writer = csv.writer(_Line(), delimiter=delimiter, lineterminator="\r\n")
    yield "\ufeff" + writer.writerow([defused(name) for name in header])
    for row in rows:
        yield writer.writerow([defused(cell) for cell in row])


class _Line:
    """A file for `csv.writer` that hands each line back."""

    def write(self, line: str) -> str:
        return line
