"""When two deliveries are the same mail, told from the raw bytes without reading them as a mail."""

from __future__ import annotations

import hashlib
import re

# What the sender wrote and no server on the way adds or changes.
_SENDERS = (b"message-id", b"date", b"from", b"subject")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_FOLDED = re.compile(rb"\r?\n[ \t]+")
_MOST_OF_A_HEAD = 256 * 1024


def content_of(raw: bytes) -> str:
    """A hash that two deliveries of the same mail share: of the sender's heads and the body.

    A Message-ID alone would not do: some programs give every mail the same. A mail without one is only like itself
    byte by byte.
    """
    heads, body = _divided(raw)
    found = {name: value for name, value in _lines(heads) if name in _SENDERS}
    if not found.get(b"message-id"):
        return hashlib.sha256(raw).hexdigest()
    digest = hashlib.sha256()
    for name in _SENDERS:
        digest.update(name + b":" + found.get(name, b"") + b"\n")
    digest.update(body.replace(b"\r\n", b"\n").rstrip(b"\n"))
    return digest.hexdigest()


def message_id_of(raw: bytes) -> str:
    """The Message-ID as it stands in the head, at most as long as we keep; empty when there is none."""
    found = dict(_lines(_divided(raw)[0])).get(b"message-id", b"")
    return found.decode("ascii", "replace").replace("\x00", "")[:998]


def _divided(raw: bytes) -> tuple[bytes, bytes]:
    end = _BLANK_LINE.search(raw, 0, _MOST_OF_A_HEAD)
    return (raw[: end.start()], raw[end.end() :]) if end else (raw[:_MOST_OF_A_HEAD], b"")


def _lines(heads: bytes) -> list[tuple[bytes, bytes]]:
    """Each head's name in small letters with its value, the last first, so that the first one counts in a dict."""
    lines = _FOLDED.sub(b" ", heads).replace(b"\r", b"").split(b"\n")
    pairs = [line.partition(b":") for line in reversed(lines) if b":" in line]
    return [(name.strip().lower(), value.strip()) for name, _colon, value in pairs]
