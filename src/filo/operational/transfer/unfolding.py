"""What a kind of file says of itself to be known and unfolded, and the plain table that all of them become.

Nothing here knows Django: files are unfolded in a process of their own that is to start at once (`child.py`).
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

HEAD = 1 << 18
BEGINNING = 4096
MOST_ROWS = 1_048_576  # as many as a sheet of Excel has
MOST_COLUMNS = 1000
LONGEST_CELL = 32_767
MOST_LINES = 400  # of a row, so that the reader does not take it for an open quotation
DELIMITER = ";"
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Refused(Exception):
    """A file that cannot be read; `code` leads to the sentence that says why, `facts` fill it in."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


@dataclass(frozen=True)
class Part:
    """A sheet of a file, and how many rows it has at most."""

    name: str
    rows: int


@dataclass(frozen=True)
class Parts:
    """The parts of a file, and which of them was written; a file without sheets has one without a name."""

    all: tuple[Part, ...]
    written: str = ""


@dataclass(frozen=True)
class Head:
    """The first bytes of a file, by which its kind is known; its name says nothing."""

    path: Path
    content: bytes

    @cached_property
    def text(self) -> str:
        """The beginning in small letters, without marks and spaces before it."""
        for mark, encoding in _MARKS:
            if self.content.startswith(mark):
                return self.content[:BEGINNING].decode(encoding, "replace").lstrip("\ufeff \t\r\n").lower()
        return self.content[:BEGINNING].decode("latin-1").lstrip(" \t\r\n\x00").lower()


Unfold = Callable[[Path, "Table", str], Parts]


@dataclass(frozen=True)
class Format:
    """A kind of file.

    claims: whether a file is of it; formats are asked in the order of their `place`.
    unfold: write the named part (or the largest) as a table and name all parts; None when the file is a text table
    already. Raises `Refused`.
    """

    code: str
    place: int
    claims: Callable[[Head], bool]
    unfold: Unfold | None


class Table:
    """A plain table while it is written: UTF-8, and a record for each row of the original, blank ones too."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, delimiter=DELIMITER, lineterminator="\n")
        self.rows = self.filled = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, cells: Sequence[str]) -> None:
        """One row. Raises `Refused` when there are too many of them, or too many columns."""
        clean = [_clean(cell) for cell in cells]
        while clean and not clean[-1]:
            clean.pop()
        if len(clean) > MOST_COLUMNS:
            raise Refused("too-many-columns", n=len(clean), limit=MOST_COLUMNS)
        self.rows += 1
        self.filled += bool(clean)
        if self.rows > MOST_ROWS:
            raise Refused("too-many-rows", limit=MOST_ROWS)
        if sum(cell.count("\n") for cell in clean) > MOST_LINES:
            clean = [" ".join(cell.split()) for cell in clean]
        self._writer.writerow(clean)


def _clean(cell: str) -> str:
    if cell.isascii() and cell.isprintable():
        return cell.strip()[:LONGEST_CELL]
    text = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\x1a", "")
    return text.encode("utf-8", "replace").decode().strip()[:LONGEST_CELL]
