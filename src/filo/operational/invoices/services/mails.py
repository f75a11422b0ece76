"""What lies in a mail that was saved as a file, as those of a certified mailbox are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

_HEADER: Final = re.compile(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_MIME: Final = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
_ENDINGS: Final = (".xml", ".p7m", ".zip")
# Which the provider of a certified mailbox adds (DM 2 November 2005).
_TECHNICAL: Final = "daticert.xml"
# Headers are long where many servers handed a mail on; further down nothing is looked for.
_HEAD: Final = 64 * 1024
MOST_DEPTH: Final = 20


def is_mail(content: bytes) -> bool:
    """By its first line, and the header that all mails with files in them have."""
    return bool(_HEADER.match(content.lstrip()) and _MIME.search(content[:_HEAD]))


def files_in(content: bytes) -> list[tuple[str, bytes]]:
    """Name and content of what may be an invoice, a notification or a ZIP of them, also in mails within the mail.

    Raises `ValueError`, `LookupError` for what cannot be read.
    """
    return list(_files(message_from_bytes(content, policy=policy.default), 0))


def _files(mail: EmailMessage, depth: int) -> Iterator[tuple[str, bytes]]:
    if depth > MOST_DEPTH:
        return
    if mail.is_multipart():
        for part in mail.iter_parts():
            yield from _files(part, depth + 1)  # type: ignore[arg-type]
        return
    name = mail.get_filename() or ""
    short = name.replace("\\", "/").rpartition("/")[2]
    if short.lower().endswith(_ENDINGS) and short.lower() != _TECHNICAL:
        content = mail.get_payload(decode=True)
        yield short, content if isinstance(content, bytes) else b""
