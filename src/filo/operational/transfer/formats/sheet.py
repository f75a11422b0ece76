"""Spreadsheets: XLSX, XLSM, XLSB, XLS and ODS."""

from __future__ import annotations

import mmap
import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from filo.operational.transfer.unfolding import Format, Head, Part, Parts, Refused, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR, ODS = 512, "application/vnd.oasis.opendocument.spreadsheet"
LARGEST_UNPACKED = 1 << 30
# Sheets that say the same thing in every row pack fifty to one; a bomb packs a thousand to one.
MOST_RATIO, WITHOUT_SUSPICION = 100, 32 << 20
_OLE_STREAMS = (
    ("EncryptedPackage", "password"),
    ("Workbook", ""),
    ("Book", ""),
    ("WordDocument", "text-document"),
    ("PowerPoint Document", "slides"),
    ("__substg1.0_", "mail"),
)
_ZIP_MEMBERS = (
    ("xl/workbook.xml", ""),
    ("xl/workbook.bin", ""),
    ("word/document.xml", "text-document"),
    ("ppt/presentation.xml", "slides"),
    ("Index/Document.iwa", "numbers"),
)


def _claims(head: Head) -> bool:
    return head.content.startswith((ZIP, OLE, b"PK\x05\x06", b"\xd0\xcf\x11\xe0"))


def _unfold(path: Path, table: Table, part: str) -> Parts:
    # Whoever only asks what kind a file is does without the library.
    from python_calamine import CalamineWorkbook

    _refuse_what_is_none(path)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(_mended(path)))
        sizes = _sizes(book)
        if not sizes:
            raise Refused("empty-file")
        if part and part not in sizes:
            raise Refused("no-such-part", name=part[:80])
        # By cells, not rows: a sheet of explanations is long and narrow.
        chosen = part or max(sizes, key=lambda name: sizes[name][0] * sizes[name][1])
        for cells in _rows(book.get_sheet_by_name(chosen)):
            table.write(cells)
    except Refused:
        raise
    except Exception as error:  # the library knows a dozen errors, all of which say that the file is broken
        raise Refused(
            "password" if "password" in f"{type(error).__name__} {error}".lower() else "broken-file"
        ) from None
    return Parts(tuple(Part(name, rows) for name, (rows, _columns) in sizes.items()), chosen)


def _mended(path: Path) -> bytes:
    """The content, with what some programs leave out: the end of the last sector, the type of an open document."""
    content = path.read_bytes()
    if content.startswith(OLE):
        return content + bytes(-len(content) % SECTOR)
    with zipfile.ZipFile(BytesIO(content)) as packed:
        if "content.xml" not in packed.namelist() or "mimetype" in packed.namelist():
            return content
    whole = BytesIO(content)
    with zipfile.ZipFile(whole, "a") as packed:
        packed.writestr("mimetype", ODS)
    return whole.getvalue()


def _refuse_what_is_none(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(8)
        if start.startswith(OLE[:4]):
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                codes = (code for name, code in _OLE_STREAMS if content.find(name.encode("utf-16-le")) >= 0)
                refusal = next(codes, "broken-file")
        else:
            refusal = _refusal_of_zip(path)
    if refusal:
        raise Refused(refusal)


def _refusal_of_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as packed:
            members = {member.filename: member for member in packed.infolist()}
            unpacked = sum(member.file_size for member in members.values())
            ratio = unpacked / max(path.stat().st_size, 1)
            if unpacked > LARGEST_UNPACKED or (unpacked > WITHOUT_SUSPICION and ratio > MOST_RATIO):
                return "bomb"
            if any(member.flag_bits & 1 for member in members.values()):
                return "password"
            if "content.xml" in members and "META-INF/manifest.xml" in members:
                return _refusal_of_open_document(packed, members)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return "broken-file"
    return next((code for name, code in _ZIP_MEMBERS if name in members), "packed-file")


def _refusal_of_open_document(packed: zipfile.ZipFile, members: Collection[str]) -> str:
    manifest = packed.read("META-INF/manifest.xml")
    kind = packed.read("mimetype")[:200] if "mimetype" in members else manifest
    if b"spreadsheet" not in kind:
        return "text-document"
    return "password" if b"encryption-data" in manifest else ""


def _sizes(book: CalamineWorkbook) -> dict[str, tuple[int, int]]:
    """The sheets that hold something with their rows and columns; hidden ones only when there are no others."""
    hidden = {found.name for found in book.sheets_metadata if str(found.visible) != "SheetVisibleEnum.Visible"}
    found: dict[str, tuple[int, int]] = {}
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception:  # noqa: S112  # a chart or a broken sheet among others that can be read
            continue
        if sheet.height and sheet.width:
            found[name] = (sheet.height, sheet.width)
    return {name: size for name, size in found.items() if name not in hidden} or found


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The rows from the very first on, so that they are numbered as the spreadsheet shows them."""
    _top, left = sheet.start or (0, 0)
    for row in sheet.iter_rows():
        yield [""] * left + [said(value) for value in row]


def said(value: object) -> str:
    """What a cell says: whole numbers without a point, days as 2026-03-12, true and false in words."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else format(value, ".15g")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


FORMAT = Format("sheet", 10, _claims, _unfold)
