"""Documents and sheets of office programs: archives of XML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from filo.foundation.files.reading.errors import Unreadable

LARGEST_PART = 64 << 20
MOST_PARTS, MOST_ROWS = 200, 20_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DOCX_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml")


def read_docx(path: Path) -> str:
    """The paragraphs of a document, then its notes, heads and feet. Raises `Unreadable`."""
    with _opened(path) as archive:
        names = sorted((name for name in archive.namelist() if _DOCX_PARTS.fullmatch(name)), key=_body_first)
        if not names:
            raise Unreadable("broken")
        return "\n".join(line for name in names[:MOST_PARTS] for line in _paragraphs(archive, name))


def read_odt(path: Path) -> str:
    """The paragraphs and titles of an open document. Raises `Unreadable`."""
    with _opened(path) as archive:
        wanted = (f"{_ODT}p", f"{_ODT}h")
        found = _elements(archive, "content.xml", wanted)
        return "\n".join("".join(one.itertext()) for one in found)


def read_sheet(path: Path) -> str:
    """The cells of all sheets that hold words or numbers, a line for each row. Raises `Unreadable`."""
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return "\n".join(line for name in book.sheet_names for line in _rows(book, name))
    except CalamineError:
        raise Unreadable("broken") from None


def _rows(book: CalamineWorkbook, name: str) -> Iterator[str]:
    yield name
    for row in book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS):
        cells = [str(cell).strip() for cell in row if cell not in ("", None)]
        if cells:
            yield " ".join(cells)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise Unreadable("broken") from None


def _body_first(name: str) -> tuple[bool, str]:
    return name != "word/document.xml", name


def _paragraphs(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for paragraph in _elements(archive, name, (f"{_WORD}p",)):
        line = "".join(_piece(one) for one in paragraph.iter())
        if line.strip():
            yield line


def _piece(one: ElementTree.Element) -> str:
    if one.tag == f"{_WORD}t":
        return one.text or ""
    return {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}.get(one.tag, "")


def _elements(archive: zipfile.ZipFile, name: str, tags: tuple[str, ...]) -> Iterator[ElementTree.Element]:
    """The elements of a part, one after the other, so that none is held for long. Entities are refused by expat."""
    try:
        if archive.getinfo(name).file_size > LARGEST_PART:
            raise Unreadable("too-large")
        with archive.open(name) as part:
            for _event, found in ElementTree.iterparse(part):  # noqa: S314  (apart, with limits; expat stops bombs)
                if found.tag in tags:
                    yield found
                    found.clear()
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError, EOFError, NotImplementedError, RuntimeError):
        raise Unreadable("broken") from None
