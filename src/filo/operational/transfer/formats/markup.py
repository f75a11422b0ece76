"""Tables in HTML, which many programs call .xls, and the XML spreadsheets of Excel 2003."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from filo.operational.transfer.unfolding import MOST_COLUMNS, MOST_ROWS, Format, Head, Part, Parts, Refused, Table

LARGEST = 64 << 20
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_SPREADSHEET}}}"
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9\-_]+)", re.IGNORECASE)


def _claims(head: Head) -> bool:
    if not head.text.startswith("<"):
        return False
    return _SPREADSHEET in head.text or bool(
        re.search(r"<(?:!doctype html|html|table|meta|head|body|style|div)\b", head.text)
    )


def _unfold(path: Path, table: Table, part: str) -> Parts:
    if path.stat().st_size > LARGEST:
        raise Refused("too-large", limit=LARGEST >> 20)
    content = path.read_bytes()
    if _SPREADSHEET.encode() in content[:4096]:
        return _write(_sheets(path), table, part)
    parser = _Tables()
    parser.feed(_text(content))
    parser.close()
    found = [rows for rows in parser.tables if rows]
    if not found:
        raise Refused("not-a-table")
    return _write([("", max(found, key=lambda rows: sum(map(len, rows))))], table, "")


def _write(sheets: list[tuple[str, list[list[str]]]], table: Table, part: str) -> Parts:
    parts = [Part(name, len(rows)) for name, rows in sheets if rows]
    if not parts:
        raise Refused("empty-file")
    wanted = part or max(sheets, key=lambda sheet: sum(map(len, sheet[1])))[0]
    rows = next((rows for name, rows in sheets if name == wanted), None)
    if rows is None:
        raise Refused("no-such-part", name=part[:80])
    for row in rows:
        table.write(row)
    return Parts(tuple(parts), wanted)


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    named = _CHARSET.search(content[:4096])
    for encoding in ("utf-8-sig", named[1].decode() if named else "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


class _Tables(HTMLParser):
    """Gathers the rows of every table; one within a cell belongs to that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = 1
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag in ("script", "style"):
            self._silent += 1
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.tables[-1].append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            if not self.tables[-1]:
                self.tables[-1].append([])
            self._cell, span = [], dict(attrs).get("colspan") or "1"
            self._span = min(int(span), MOST_COLUMNS) if span.isdigit() else 1
        elif tag in ("br", "p") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif tag in ("script", "style"):
            self._silent = max(self._silent - 1, 0)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None:
            text = "\n".join(" ".join(line.split()) for line in "".join(self._cell).split("\n"))
            row = self.tables[-1][-1]
            row += [re.sub(r"\n{2,}", "\n", text).strip(), *[""] * (self._span - 1)]
            self._cell = None


def _sheets(path: Path) -> list[tuple[str, list[list[str]]]]:
    try:
        # This parser fetches nothing from outside; entities within entities end at its own limits and the process's.
        root = ElementTree.parse(path).getroot()  # noqa: S314
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Refused("broken-xml") from None
    return [(sheet.get(f"{_SS}Name", ""), list(_rows(sheet))) for sheet in root.iter(f"{_SS}Worksheet")]


def _rows(sheet: ElementTree.Element) -> Iterator[list[str]]:
    number = 0
    for row in sheet.iter(f"{_SS}Row"):
        for _blank in range(number + 1, min(_index(row), MOST_ROWS)):
            number += 1
            yield []
        number += 1
        cells: list[str] = []
        for cell in row.iter(f"{_SS}Cell"):
            cells += [""] * (min(_index(cell), MOST_COLUMNS + 1) - len(cells) - 1)
            cells.append("".join(data.text or "" for data in cell.iter(f"{_SS}Data")))
        yield cells


def _index(element: ElementTree.Element) -> int:
    text = element.get(f"{_SS}Index", "")
    return int(text) if text.isdigit() else 0


FORMAT = Format("markup", 40, _claims, _unfold)
