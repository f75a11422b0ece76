"""XLSX: numbers, days and moments as what they are, texts as nothing but texts."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, BinaryIO

import xlsxwriter
from django.utils import timezone

from filo.foundation.exportable import ExportColumn
from filo.operational.exports.formats.base import FileFormat, day_of, moment_of

MOST_ROWS = 1_048_576  # of a sheet; what is more goes on another one
LONGEST_TEXT = 32_767
WIDTHS = {"text": 22, "number": 12, "day": 12, "moment": 18}


class SheetWriter:
    """One row after the other goes to the disk; in memory is only the row that is being written.

    The library forgets its own files when a workbook is not closed, so they lie in a folder that goes with the writer.
    """

    def __init__(self, file: BinaryIO, columns: Sequence[ExportColumn]) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="filo-export-")
        options = {"constant_memory": True, "strings_to_urls": False, "tmpdir": self._scratch.name}
        self._book = xlsxwriter.Workbook(file, options)
        self._columns, self._zone = columns, timezone.get_current_timezone()
        self._head = self._book.add_format({"bold": True})
        self._formats = {
            "day": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self._begin_sheet()

    def write(self, chunk: Any) -> None:
        """A row of cells for each row."""
        for row in zip(*(column.values(chunk) for column in self._columns), strict=True):
            if self._at == MOST_ROWS:
                self._begin_sheet()
            for place, value in enumerate(row):
                if value is not None and value != "":
                    self._cell(place, self._columns[place].kind, value)
            self._at += 1

    def close(self) -> None:
        """Pack the sheets."""
        self._book.close()
        self._scratch.cleanup()

    def drop(self) -> None:
        """The rows so far are customers' data: they go from the disk."""
        self._scratch.cleanup()

    def _begin_sheet(self) -> None:
        self._sheet = self._book.add_worksheet()
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, WIDTHS[column.kind])
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, str(column.label), self._head)
        self._at = 1

    def _cell(self, place: int, kind: str, value: Any) -> None:
        if kind == "number":
            self._sheet.write_number(self._at, place, float(value))
        elif kind == "text":
            self._sheet.write_string(self._at, place, _fitting(str(value)))
        elif (found := self._moment(kind, value)) and found.year >= 1900:
            self._sheet.write_datetime(self._at, place, found, self._formats[kind])
        elif found:
            self._sheet.write_string(self._at, place, found.date().isoformat())

    def _moment(self, kind: str, value: Any) -> datetime | None:
        """A day is its first moment; before 1900 there is no calendar in a spreadsheet."""
        if kind == "moment":
            return moment_of(value, self._zone)
        found = day_of(value)
        return datetime.combine(found, time.min) if found else None


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


XLSX = FileFormat(
    "xlsx",
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Excel (XLSX)",
    SheetWriter,
)
