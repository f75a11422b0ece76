"""Files out of a ZIP, a mail or an envelope, one by one, no more and no larger than is sensible."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from django.utils.translation import gettext as _

from filo.operational.invoices.fatturapa.errors import Unreadable
from filo.operational.invoices.fatturapa.xml import MOST_BYTES
from filo.operational.invoices.models import InvoiceFile
from filo.operational.invoices.services.envelopes import files_in_envelope, is_envelope
from filo.operational.invoices.services.mails import files_in, is_mail
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
    """The file itself, or what lies in it where it is a ZIP, a mail or an envelope (SOAP); what cannot be unpacked is
    told and kept so.
    """
    if content[:2] == b"PK":
        yield from _out_of_zip(name, content)
    else:
        yield from _out_of_wrapping(Piece(name, content))


def _out_of_zip(name: str, content: bytes) -> Iterator[Piece]:
    try:
        members = _members(content)
    except _BROKEN:
        yield Piece(name, content, _("This ZIP is damaged or locked: unpack it and hand the files in."))
        return
    for piece in members:
        yield from [piece] if piece.refused else _out_of_wrapping(piece, in_zip=True)


def _out_of_wrapping(piece: Piece, *, in_zip: bool = False) -> Iterator[Piece]:
    if is_mail(piece.content):
        yield from _out_of_mail(piece, in_zip=in_zip)
    elif is_envelope(piece.content):
        yield from _out_of_envelope(piece, in_zip=in_zip)
    else:
        yield piece


def _out_of_mail(piece: Piece, *, in_zip: bool) -> Iterator[Piece]:
    try:
        files = files_in(piece.content)
    except (ValueError, LookupError, TypeError, RecursionError):
        files = []
    if not files:
        yield replace(piece, refused=_("In this mail lies no invoice and no notification (XML, P7M or ZIP)."))
    for inner in _inside(files, in_zip=in_zip):
        yield from _out_of_envelope(inner, in_zip=in_zip) if is_envelope(inner.content) else [inner]


def _out_of_envelope(piece: Piece, *, in_zip: bool) -> Iterator[Piece]:
    try:
        files = files_in_envelope(piece.content)
    except Unreadable as refused:
        yield replace(piece, refused=str(refused))
        return
    readable = [(name or piece.name, data) for name, data in files if data is not None]
    if not readable:
        yield replace(piece, refused=_("In this envelope lies no invoice and no notification that can be read."))
    elif len(readable) < len(files):
        lost = ", ".join(name or piece.name for name, data in files if data is None)
        yield replace(piece, refused=_("This file in the envelope cannot be read: %(names)s.") % {"names": lost[:200]})
    yield from _inside(readable, in_zip=in_zip)


def _inside(files: Sequence[tuple[str, bytes]], *, in_zip: bool) -> Iterator[Piece]:
    for name, data in files:
        if data[:2] != b"PK":
            yield Piece(name, data)
        elif in_zip:
            yield Piece(name, data, _("A ZIP within a ZIP is not opened."))
        else:
            yield from _out_of_zip(name, data)


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
