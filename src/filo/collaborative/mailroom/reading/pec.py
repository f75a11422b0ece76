"""Certified mail (PEC): the message in its envelope, and the receipts of the providers.

The rules are those of the technical annex to the decree of 2 November 2005: `X-Trasporto` marks an envelope or what
came from outside, `X-Ricevuta` a receipt, `daticert.xml` holds the certified data, `postacert.eml` the message.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta, timezone
from email.message import Message

from filo.collaborative.mailroom.reading.bodies import name_of
from filo.collaborative.mailroom.reading.contents import text_of
from filo.collaborative.mailroom.reading.heads import clean_address, head, message_id
from filo.collaborative.mailroom.reading.parsed import Receipt
from filo.collaborative.mailroom.reading.tree import parts_of

ENVELOPE = "posta-certificata"
WRAPPING = frozenset(("daticert.xml", "postacert.eml", "smime.p7s"))
_TYPES = {
    "accettazione": "accepted",
    "non-accettazione": "not-accepted",
    "presa-in-carico": "taken-over",
    "avvenuta-consegna": "delivered",
    "errore-consegna": "not-delivered",
    "preavviso-errore-consegna": "warning",
    "rilevazione-virus": "virus",
}
_MOST = 200_000


def is_envelope(root: Message) -> bool:
    """Whether a mail is the envelope of a certified message."""
    return head(root, "X-Trasporto").lower() == ENVELOPE


def message_inside(root: Message) -> Message | None:
    """The message that an envelope carries; None when it is not there or broken."""
    for part in _all(root):
        if part.get_content_type() == "message/rfc822" and (inner := parts_of(part)):
            named = name_of(part).lower()
            if named in ("postacert.eml", "") and inner[0].keys():
                return inner[0]
    return None


def receipt_of(root: Message) -> Receipt | None:
    """What a provider certifies about a mail of ours; None when the mail is no receipt."""
    said = head(root, "X-Ricevuta").lower()
    if not said:
        return None
    data = _certified_data(root)
    failed = said in ("non-accettazione", "errore-consegna", "rilevazione-virus", "preavviso-errore-consegna")
    words = _value(data, "errore-esteso") if failed else ""
    return Receipt(
        type=_TYPES.get(said, "other"),
        original_message_id=message_id(root, "X-Riferimento-Message-ID") or _id(_value(data, "msgid")),
        recipients=_recipients(data, said),
        error=words[:1000],
        certified_at=_moment(data),
    )


def _recipients(data: str, said: str) -> tuple[str, ...]:
    """Whom a receipt is about: the one of a delivery, else all that the message named."""
    found = [_value(data, "consegna")] if "consegna" in said else []
    if not any(found):
        found = re.findall(r"<destinatari\b[^>]*>([^<]{1,400})</destinatari>", data)[:200]
    clean = (clean_address(html.unescape(address)) for address in found)
    return tuple(dict.fromkeys(address for address in clean if address))


def _certified_data(root: Message) -> str:
    for part in _all(root):
        if name_of(part).lower() == "daticert.xml":
            return text_of(part, _MOST)[0]
    return ""


def _value(data: str, tag: str) -> str:
    """The text of an element. Read with a pattern: the file is flat, small, and from outside."""
    found = re.search(rf"<{tag}\b[^>]{{0,500}}>([^<]{{0,5000}})</{tag}>", data)
    return " ".join(html.unescape(found.group(1)).split()) if found else ""


def _id(text: str) -> str:
    return f"<{text.strip('<>')}>" if text.strip("<> ") and len(text) < 990 else ""


def _moment(data: str) -> datetime | None:
    found = re.search(r'<data\b[^>]{0,80}zona="([+-])(\d\d)(\d\d)"', data)
    try:
        moment = datetime.strptime(f"{_value(data, 'giorno')} {_value(data, 'ora')}", "%d/%m/%Y %H:%M:%S")  # noqa: DTZ007
        sign, hours, minutes = found.groups() if found else ("+", "00", "00")
        shift = timedelta(hours=int(hours), minutes=int(minutes))
        zone = timezone(-shift if sign == "-" else shift)
        return moment.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _all(root: Message) -> list[Message]:
    """The parts of the envelope, not those of the message in it."""
    found = [root]
    for part in found:
        if part.get_content_maintype() != "message":
            found += parts_of(part)
    return found
