"""The heads of a mail as people mean them, however they were written."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from filo.collaborative.mailroom.reading.charsets import decoded, harmless
from filo.collaborative.mailroom.reading.parsed import Address

LONGEST_HEAD = 16_384
MOST_ADDRESSES = 200
MOST_REFERENCES = 100
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Characters that turn the direction of writing, or are not seen, make one name look like another.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LIKE_AN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,253}")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")


def raw_head(part: Message, name: str) -> str:
    """The first head of this name as it stands there, bytes beyond ASCII as surrogates; empty when there is none."""
    return next(iter(raw_heads(part, name)), "")


def raw_heads(part: Message, name: str) -> list[str]:
    """All heads of this name; the parser's own reading of them would lose bytes beyond ASCII."""
    wanted = name.lower()
    return [str(value)[:LONGEST_HEAD] for found, value in part.raw_items() if found.lower() == wanted]


def head(part: Message, name: str) -> str:
    """The first head of this name as one line of text."""
    return line(raw_head(part, name))


def line(raw: str) -> str:
    """What a raw head says: its encoded words decoded, in one line without controls."""
    return " ".join(_UNSEEN.sub("", _CONTROLS.sub(" ", _unencoded(raw))).split())


def _unencoded(raw: str) -> str:
    if "=?" not in raw:
        return _eight_bit(raw)
    try:
        pieces = decode_header(raw.encode("ascii", "surrogateescape").decode("latin-1"))
    except (HeaderParseError, ValueError, LookupError):
        return _eight_bit(raw)
    words = []
    for piece, charset in pieces:
        data = piece.encode("latin-1", "replace") if isinstance(piece, str) else piece
        words.append(decoded(data, charset or ""))
    return "".join(words)


def _eight_bit(raw: str) -> str:
    if raw.isascii():
        return harmless(raw)
    return decoded(raw.encode("utf-8", "surrogateescape"))


def addresses(part: Message, name: str) -> tuple[Address, ...]:
    """Everybody whom the heads of this name name, in their order, each once."""
    raw = raw_heads(part, name)[:20]
    found: dict[str, Address] = {}
    for shown, address in _pairs(raw):
        clean = clean_address(address)
        if clean and clean not in found:
            found[clean] = Address(clean, line(shown)[:200])
        if len(found) == MOST_ADDRESSES:
            break
    return tuple(found.values())


def _pairs(raw: list[str]) -> list[tuple[str, str]]:
    flat = [_CONTROLS.sub(" ", value) for value in raw]
    try:
        pairs = getaddresses(flat)
    except (ValueError, IndexError, RecursionError):
        pairs = []
    if any("@" in address for _name, address in pairs):
        return pairs
    # Broken beyond the rules: whatever looks like an address in it.
    return [("", found) for value in flat for found in _LIKE_AN_ADDRESS.findall(value)]


def clean_address(address: str) -> str:
    """An address with its host in small letters; empty when it is none."""
    text = _UNSEEN.sub("", _CONTROLS.sub("", _eight_bit(address))).strip().strip("<>")
    local, at, host = text.rpartition("@")
    if not at or not local or not host or len(text) > 320 or " " in text or not text.isprintable():
        return ""
    return f"{local}@{host.lower().rstrip('.')}"


def message_id(part: Message, name: str = "Message-ID") -> str:
    """The first id in a head; what stands there without brackets is taken as it is."""
    raw = harmless(raw_head(part, name))
    found = _MESSAGE_ID.search(raw)
    if found:
        return found.group()
    bare = "".join(raw.split())[:990]
    return f"<{bare.strip('<>')}>" if bare.strip("<>") else ""


def message_ids(part: Message, name: str = "References") -> tuple[str, ...]:
    """All ids in a head, the oldest first, the latest hundred at most."""
    return tuple(dict.fromkeys(_MESSAGE_ID.findall(harmless(raw_head(part, name)))))[-MOST_REFERENCES:]


def moment(part: Message) -> datetime | None:
    """When the sender wrote it, by his clock; None when he does not say, or says nonsense."""
    try:
        found = parsedate_to_datetime(line(raw_head(part, "Date")))
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        return aware.astimezone(UTC) if 1980 <= aware.year <= 9000 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
