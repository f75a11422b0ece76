"""How a file is to be read: its encoding, its delimiter, whether its first row is a header."""

from __future__ import annotations

import codecs
import io
import re
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.operational.transfer.reading import Shape, Unreadable, records

ENCODINGS = {
    "utf-8-sig": gettext_lazy("Unicode (UTF-8)"),
    "cp1252": gettext_lazy("Windows (1252)"),
    "utf-16": gettext_lazy("Unicode (UTF-16)"),
    "utf-16-le": gettext_lazy("Unicode (UTF-16, without mark)"),
    "utf-16-be": gettext_lazy("Unicode (UTF-16, reversed)"),
    "cp850": gettext_lazy("DOS (850)"),
    "mac_roman": gettext_lazy("Macintosh"),
}
DELIMITERS = {
    ";": gettext_lazy("Semicolon"),
    ",": gettext_lazy("Comma"),
    "\t": gettext_lazy("Tab"),
    "|": gettext_lazy("Bar"),
}
MOST_COLUMNS = 1000
BLOCK = 1 << 20
HEAD = 1 << 18
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC = (
    (
        b"PK\x03\x04",
        gettext_lazy("This is a spreadsheet or a packed file, not text. Save it as CSV from the program that made it."),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy("This is an old Office file, not text. Save it as CSV from the program that made it."),
    ),
    (b"%PDF", gettext_lazy("This is a PDF, not a table.")),
    (b"BEGIN:VCARD", gettext_lazy("This is an address book (vCard), not a table: that cannot be read yet.")),
)
# Controls that text does not have; DOS ended its files with 0x1a.
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x19\x1b-\x1f\x7f\ufffd]")


def recognise(path: Path, *, encoding: str = "", delimiter: str = "", has_header: bool | None = None) -> Shape:
    """The shape of a file; what is given is taken as it is. Raises `Unreadable`.

    The order is byte-order mark, strict UTF-8, UTF-16 by its NULs, Windows 1252 (guessing libraries take
    Italian text for Central European).
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise Unreadable(_("The file is empty."), code="empty-file")
    for magic, told in _MAGIC:
        if head.startswith(magic):
            raise Unreadable(told, code="not-a-table")
    encoding = encoding or _encoding(path, head)
    text = head.decode(encoding, "replace")
    if len(head) == HEAD:
        text = text[: max(text.rfind("\n"), 0)] or text
    if len(_CONTROLS.findall(text)) > len(text) / 100:
        raise Unreadable(_("This is not a text file: no table can be read from it."), code="not-a-table")
    delimiter = delimiter or _delimiter(text)
    first = next(records(io.StringIO(text, newline=""), delimiter), None)
    if first is None:
        raise Unreadable(_("The file is empty."), code="empty-file")
    if len(first[1]) > MOST_COLUMNS:
        sentence = _("The file has %(n)s columns; at most %(limit)s can be read.")
        raise Unreadable(sentence % {"n": len(first[1]), "limit": MOST_COLUMNS}, code="too-many-columns")
    named = not _is_data(first[1]) if has_header is None else has_header
    return Shape(encoding, delimiter, named, _headers(first[1] if named else [""] * len(first[1])))


def _encoding(path: Path, head: bytes) -> str:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    nulls = head.count(b"\x00")
    if nulls > len(head) / 5:
        return "utf-16-be" if head[::2].count(b"\x00") > nulls / 2 else "utf-16-le"
    return "utf-8-sig" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    """Whether the whole file is strict UTF-8, read in blocks."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    hint = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    if hint and hint[1] in DELIMITERS:
        return hint[1]
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter))


def _regularity(text: str, delimiter: str) -> tuple[float, int]:
    """The share of the first rows that have as many cells as the first one, and how many these are."""
    widths: list[int] = []
    try:
        for _number, cells in records(io.StringIO(text, newline=""), delimiter):
            widths.append(len(cells))
            if len(widths) == 50:
                break
    except Unreadable:
        return (0.0, 0)
    if not widths or widths[0] < 2:
        return (0.0, 0)
    return (round(widths.count(widths[0]) / len(widths), 1), widths[0])


def _is_data(cells: list[str]) -> bool:
    """Whether the first row holds values and no names: an address, a number, a web page."""
    return any(re.fullmatch(r"\S+@\S+\.\w{2,}|\+?[\d\s./\-]{6,}|https?://\S+|\d{4,}", cell.strip()) for cell in cells)


def _headers(cells: list[str]) -> tuple[str, ...]:
    """Each name once; an empty one is the column's place."""
    found: dict[str, None] = {}
    for place, cell in enumerate(cells, start=1):
        name = " ".join(cell.split())[:120] or _("Column %(n)s") % {"n": place}
        base, count = name, 2
        while name in found:
            name, count = f"{base} ({count})", count + 1
        found[name] = None
    return tuple(found)
