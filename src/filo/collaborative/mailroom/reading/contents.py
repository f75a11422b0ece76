"""What a part holds, decoded in slices, so that fifty megabytes need little more memory than they have."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.generator import BytesGenerator
from email.message import Message
from io import BytesIO
from typing import BinaryIO

from filo.collaborative.mailroom.reading.charsets import decoded
from filo.collaborative.mailroom.reading.tree import parts_of

SLICE = 1 << 20
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")


def write(part: Message, target: BinaryIO) -> int:
    """Write what a part holds; gives how many bytes. A mail within a mail is written as a mail."""
    size = 0
    for block in blocks(part):
        size += target.write(block)
    return size


def blocks(part: Message) -> Iterator[bytes]:
    """What a part holds, piece by piece; what is wrongly encoded comes as far as it can be read."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (_flat(one) for one in parts_of(part)[:1])
        return
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64":
        yield from _base64(str(payload))
    elif encoding in ("quoted-printable", "x-uuencode", "uuencode", "uue", "x-uue"):
        data = part.get_payload(decode=True)
        yield data if isinstance(data, bytes) else b""
    else:
        text = str(payload)
        for first in range(0, len(text), SLICE):
            yield text[first : first + SLICE].encode("utf-8", "surrogateescape")


def text_of(part: Message, most: int) -> tuple[str, bool]:
    """The text of a part, and whether it was cut at `most` characters."""
    data = bytearray()
    for block in blocks(part):
        data += block
        if len(data) > 4 * most:
            break
    charset = part.get_param("charset", "")
    name = charset[2] if isinstance(charset, tuple) else str(charset or "")
    text = decoded(bytes(data), name).replace("\r\n", "\n").replace("\r", "\n")
    return text[:most], len(text) > most


def _base64(text: str) -> Iterator[bytes]:
    left = b""
    for first in range(0, len(text), SLICE):
        piece = text[first : first + SLICE].encode("ascii", "ignore")
        clean = left + _NOT_BASE64.sub(b"", piece).replace(b"=", b"")
        whole = len(clean) - len(clean) % 4
        left = clean[whole:]
        yield binascii.a2b_base64(clean[:whole])
    if len(left) > 1:
        yield binascii.a2b_base64(left + b"=" * (-len(left) % 4))


def _flat(mail: Message) -> bytes:
    written = BytesIO()
    BytesGenerator(written, mangle_from_=False, maxheaderlen=0).flatten(mail)
    return written.getvalue()
