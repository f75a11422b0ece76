"""CSV: with semicolons for Italian spreadsheets, with commas for all else; nothing in it is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from filo.foundation.exportable import ExportColumn
from filo.operational.exports.formats.base import FileFormat, day_of, moment_of
from filo.operational.transfer.writing import defused


class CsvWriter:
    """Rows as lines; the first line has the mark by which spreadsheets know Unicode."""

    def __init__(self, file: BinaryIO, columns: Sequence[ExportColumn], *, delimiter: str, comma: bool) -> None:
        self._file, self._delimiter = file, delimiter
        cells = {"text": _text, "number": _number_with_comma if comma else _number, "day": _day, "moment": _moment}
        self._columns: list[tuple[Callable[[Any], Any], Callable[[Any], str]]] = [
            (column.value, cells[column.kind]) for column in columns
        ]
        file.write(b"\xef\xbb\xbf" + self._lines([[defused(str(column.label)) for column in columns]]))

    def write(self, chunk: Sequence[Any]) -> None:
        """A line for each row."""
        columns = self._columns
        self._file.write(self._lines([[cell(value(row)) for value, cell in columns] for row in chunk]))

    def close(self) -> None:
        """Nothing stands at the end."""

    def _lines(self, rows: Sequence[Sequence[str]]) -> bytes:
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._delimiter, lineterminator="\r\n").writerows(rows)
        return text.getvalue().encode("utf-8", "replace")


def _text(value: Any) -> str:
    """What begins with a letter or a digit is no formula, and that is nearly everything."""
    if value is None or value == "":
        return ""
    text = value if isinstance(value, str) else str(value)
    return text if text[0].isalnum() else defused(text)


def _number(value: Any) -> str:
    return "" if value is None else str(value)


def _number_with_comma(value: Any) -> str:
    return "" if value is None else str(value).replace(".", ",")


def _day(value: Any) -> str:
    found = day_of(value)
    return found.isoformat() if found else ""


def _moment(value: Any) -> str:
    found = moment_of(value)
    return found.isoformat(" ") if found else ""


CSV = FileFormat(
    "csv", "csv", "text/csv; charset=utf-8", _("CSV for Excel"), partial(CsvWriter, delimiter=";", comma=True)
)
CSV_COMMA = FileFormat(
    "csv-comma",
    "csv",
    "text/csv; charset=utf-8",
    _("CSV with commas"),
    partial(CsvWriter, delimiter=",", comma=False),
)
