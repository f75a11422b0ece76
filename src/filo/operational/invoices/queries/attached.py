"""What else lay in the file of an invoice that came in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from filo.foundation.errors import NotFound
from filo.operational.invoices.fatturapa.document import Attachment
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.beside import body_in_file

# By the first bytes, whatever its name says; all else is bytes and no more.
_SIGNS: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": "application/zip",
}


def attachments_of(invoice: Invoice) -> Sequence[Attachment]:
    """Those that are whole, in their order; none where the file is of ours, or cannot be read any more."""
    body = body_in_file(invoice)
    return [one for one in body.attachments if one.content] if body else ()


def attachment_at(invoice: Invoice, place: int) -> Attachment:
    """One of them, counted from 0. Raises `NotFound`."""
    found = attachments_of(invoice)
    if place >= len(found):
        raise NotFound
    return found[place]


def media_type_of(attachment: Attachment) -> str:
    """What it is by its first bytes."""
    kinds = (kind for sign, kind in _SIGNS.items() if attachment.content.startswith(sign))
    return next(kinds, "application/octet-stream")
