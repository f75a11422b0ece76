"""How a file is to be read: its encoding, its delimiter, whether its first row is a header."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.operational.transfer.encodings import encoding_of
from filo.operational.transfer.reading import (
    MOST_BEFORE_HEADER,
    Shape,
    Unreadable,
    decoded,
    header_text,
    records,
)

DELIMITERS = {
    ";": gettext_lazy("Semicolon"),
    ",": gettext_lazy("Comma"),
    "\t": gettext_lazy("Tab"),
    "|": gettext_lazy("Bar"),
}
MOST_COLUMNS = 1000
HEAD = 1 << 18
# Controls that text does not have; DOS ended its files with 0x1a.
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x19\x1b-\x1f\x7f\ufffd]")


def recognise(path: Path, *, encoding: str = "", delimiter: str = "", has_header: bool | None = None) -> Shape:
    """The shape of a file; what is given is taken as it is. Raises `Unreadable`.

    The order is byte-order mark, UTF-16 by its NULs, strict UTF-8, a mixture of it with Windows 1252, Windows 1252.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Unreadable(_("The file is empty."), code="empty-file")
    encoding = encoding or encoding_of(path, head)
    text = decoded(head, encoding)
    if len(head) == HEAD:
        text = text[: max(text.rfind("\n"), 0)] or text
    if len(_CONTROLS.findall(text)) > len(text) / 100:
        raise Unreadable(_("This is not a text file: no table can be read from it."), code="not-a-table")
    delimiter = delimiter or _delimiter(text)
    first = _first_rows(text, delimiter)
    if not first:
        raise Unreadable(_("The file is empty."), code="empty-file")
    cells = first[_place_of_header(first)] if has_header is not False else first[0]
    if len(cells) > MOST_COLUMNS:
        sentence = _("The file has %(n)s columns; at most %(limit)s can be read.")
        raise Unreadable(sentence % {"n": len(cells), "limit": MOST_COLUMNS}, code="too-many-columns")
    named = not _is_data(cells) if has_header is None else has_header
    return Shape(encoding, delimiter, named, _headers(cells if named else [""] * max(map(len, first))))


def _first_records(text: str, delimiter: str, most: int) -> Iterator[tuple[int, list[str]]]:
    return islice(records(io.StringIO(text, newline=""), delimiter), most)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    """As many as can be read; that a later one is broken is told when it is to come in."""
    found: list[list[str]] = []
    try:
        for _number, cells in _first_records(text, delimiter, MOST_BEFORE_HEADER):
            found.append(cells)
    except Unreadable:
        if not found:
            raise
    return found


def _place_of_header(rows: Sequence[Sequence[str]]) -> int:
    """The first of the rows that is as full as the table; titles and remarks that stand above it have few cells."""
    filled = [sum(not cell.isspace() and cell != "" for cell in cells) for cells in rows]
    below = filled[len(filled) // 2 :]  # of a short table under a long title
    usual = max(sorted(found)[len(found) // 2] for found in (filled, below))
    if usual < 3 or filled[0] * 2 >= usual:
        return 0
    return next((place for place, count in enumerate(filled) if count * 4 >= max(filled) * 3), 0)


def _delimiter(text: str) -> str:
    hint = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if hint and hint[1] in DELIMITERS:
        return hint[1]
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter))


def _regularity(text: str, delimiter: str) -> tuple[float, int]:
    """The share of the first rows that have as many cells as most of them, and how many these are."""
    widths: list[int] = []
    try:
        widths += (len(cells) for _number, cells in _first_records(text, delimiter, 50))
    except Unreadable:
        return (0.0, 0)
    usual = max(widths, key=lambda width: (widths.count(width), width), default=0)
    if usual < 2:
        return (0.0, 0)
    return (round(widths.count(usual) / len(widths), 1), usual)


def _is_data(cells: list[str]) -> bool:
    """Whether the first row holds values and no names: an address, a number, a web page."""
    return any(re.fullmatch(r"\S+@\S+\.\w{2,}|\+?[\d\s./\-]{6,}|https?://\S+|\d{4,}", cell.strip()) for cell in cells)


def _headers(cells: list[str]) -> tuple[str, ...]:
    """Each name once; an empty one is the column's place."""
    found: dict[str, None] = {}
    for place, cell in enumerate(cells, start=1):
        name = header_text(cell) or _("Column %(n)s") % {"n": place}
        base, count = name, 2
        while name in found:
            name, count = f"{base} ({count})", count + 1
        found[name] = None
    return tuple(found)
