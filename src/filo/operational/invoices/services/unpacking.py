"""Files out of a ZIP, one by one, no more and no larger than is sensible."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from filo.operational.invoices.fatturapa.xml import MOST_BYTES
from filo.operational.invoices.models import InvoiceFile
from filo.operational.invoices.services.storing import Side

MOST_FILES = 5000
MOST_UNPACKED = 300 * 1024 * 1024
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(RuntimeError, NotImplementedError, OSError, EOFError, ValueError),
)


@dataclass(frozen=True)
class Piece:
    """A file with its name. refused: why it is not even looked into; row: as what it was put aside before; side: whose
    it is, where somebody said so.
    """

    name: str
    content: bytes
    refused: str = ""
    row: InvoiceFile | None = None
    side: Side | None = None


def unpacked(name: str, content: bytes) -> Iterator[Piece]:
    """The file itself, or what lies in it if it is a ZIP; what cannot be unpacked is told and kept as it is."""
    if content[:2] != b"PK":
        yield Piece(name, content)
        return
    try:
        yield from _members(content)
    except _BROKEN:
        yield Piece(name, content, _("This ZIP is damaged or locked: unpack it and hand the files in."))


def _members(content: bytes) -> list[Piece]:
    found, whole = [], 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = [one for one in archive.infolist() if not one.is_dir() and not _is_noise(one.filename)]
        if len(members) > MOST_FILES:
            raise ValueError
        for member in members:
            # What is said of the size may be a lie: no more is read than is allowed.
            with archive.open(member) as opened:
                data = opened.read(MOST_BYTES + 1)
            whole += len(data)
            if whole > MOST_UNPACKED:
                raise ValueError
            short = member.filename.replace("\\", "/").rpartition("/")[2]
            too_large = _("This file is larger than %(most)s MB.") % {"most": MOST_BYTES >> 20}
            if data[:2] == b"PK":
                found.append(Piece(short, data, _("A ZIP within a ZIP is not opened.")))
            else:
                found.append(Piece(short, data, too_large if len(data) > MOST_BYTES else ""))
    return found


def _is_noise(name: str) -> bool:
    return "__MACOSX" in name or name.endswith((".DS_Store", "Thumbs.db"))
