"""What a mail is, and by which sign: only what a person wrote to us may be answered by itself (RFC 3834)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message

from filo.collaborative.mailroom.reading.bounces import looks_like_a_bounce
from filo.collaborative.mailroom.reading.heads import addresses, head, raw_heads
from filo.collaborative.mailroom.reading.house import House

LOOP = "X-Loop"
_ANSWERING = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-AutoReply-From", "X-Mail-Autoreply")
_LISTS = ("List-Id", "List-Post", "List-Unsubscribe", "List-Help", "X-Mailman-Version", "Mailing-List")
_NO_REPLY = re.compile(r"^(no[-_.]?reply|do[-_.]?not[-_.]?reply|non[-_.]?rispondere|noresponder|nepasrepondre)\b", re.I)
_AWAY = re.compile(
    r"^\s*(auto(matic|matica|m\.)?[ -]?(reply|response)\b|auto:|risposta automatica|out of (the )?office|"
    r"fuori (sede|ufficio)|assenza dall|abwesenheit|automatische antwort|r[ée]ponse automatique|"
    r"respuesta autom[aá]tica|vacation reply)",
    re.I,
)


@dataclass(frozen=True)
class Sign:
    """The kind of a mail and the sign that told it."""

    kind: str
    why: str


def kind_of(root: Message, house: House, *, envelope_from: str | None) -> Sign:
    """The kind of a mail that is neither a report of a mail server nor a receipt.

    envelope_from: where it would have gone back to; "" for nowhere, None when that is not known.
    """
    return (
        _own(root, house)
        or _automatic(root)
        or _list(root)
        or _from_nobody(root, envelope_from)
        or _by_words(root)
        or Sign("message", "")
    )


def _own(root: Message, house: House) -> Sign | None:
    if house.mark and any(house.mark in value.split() for value in raw_heads(root, LOOP)[:20]):
        return Sign("own", "x-loop")
    senders = {one.address.lower() for one in addresses(root, "From")}
    if senders & house.addresses:
        # The form on a firm's own site writes from the firm's address and names the visitor in Reply-To.
        answered = {one.address.lower() for one in addresses(root, "Reply-To")}
        return None if answered - house.addresses else Sign("own", "from-our-address")
    return None


def _automatic(root: Message) -> Sign | None:
    said = head(root, "Auto-Submitted").lower().partition(";")[0].strip()
    if said and said != "no":
        return Sign("automatic", "auto-submitted")
    if any(root.get(name) for name in _ANSWERING):
        return Sign("automatic", "x-autoreply")
    suppressed = {word.strip() for word in head(root, "X-Auto-Response-Suppress").lower().split(",")}
    if suppressed & {"all", "oof", "autoreply"}:
        return Sign("automatic", "x-auto-response-suppress")
    if head(root, "Precedence").lower() in ("auto_reply", "auto-reply", "junk"):
        return Sign("automatic", "precedence")
    return None


def _list(root: Message) -> Sign | None:
    if head(root, "Precedence").lower() in ("list", "bulk"):
        return Sign("list", "precedence")
    return Sign("list", "list-headers") if any(root.get(name) for name in _LISTS) else None


def _from_nobody(root: Message, envelope_from: str | None) -> Sign | None:
    returned = head(root, "Return-Path") if envelope_from is None else f"<{envelope_from}>"
    if returned == "<>":
        return Sign("automatic", "null-return-path")
    if looks_like_a_bounce(root):
        return Sign("automatic", "mailer-daemon")
    return None


def _by_words(root: Message) -> Sign | None:
    if any(_NO_REPLY.match(one.address) for one in addresses(root, "From")):
        return Sign("automatic", "no-reply-address")
    return Sign("automatic", "subject") if _AWAY.match(head(root, "Subject")) else None
