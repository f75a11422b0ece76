"""Reads one raw mail from top to bottom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from email.message import Message
from pathlib import Path

from filo.collaborative.mailroom.reading import bounces, heads, pec
from filo.collaborative.mailroom.reading.authentication import authentication_of
from filo.collaborative.mailroom.reading.bodies import body_of
from filo.collaborative.mailroom.reading.errors import Refused
from filo.collaborative.mailroom.reading.house import House
from filo.collaborative.mailroom.reading.kinds import Sign, kind_of
from filo.collaborative.mailroom.reading.languages import language_of
from filo.collaborative.mailroom.reading.parsed import Address, Bounce, ParsedMail, Receipt
from filo.collaborative.mailroom.reading.tree import tree_of
from filo.collaborative.mailroom.reading.trimming import reply_of


@dataclass(frozen=True)
class _Meaning:
    sign: Sign
    bounce: Bounce | None = None
    receipt: Receipt | None = None


def read_mail(path: Path, scratch: Path, house: House, *, envelope_from: str | None = None) -> ParsedMail:
    """A mail as it was understood; its files lie in `scratch` under the names that `attachments` give.

    envelope_from: where it would have gone back to; "" for nowhere, None when that is not known. Raises `Refused`.
    """
    root = tree_of(path)
    if pec.is_envelope(root) and (inner := pec.message_inside(root)) is not None:
        return _certified(root, inner, scratch, house)
    found = _read(root, _meaning(root, house, envelope_from), scratch)
    if not found.sender.address and found.kind not in ("bounce", "receipt"):
        found = replace(found, sender=_by_the_envelope(envelope_from))
    return replace(found, authentication=authentication_of(root, house))


def _by_the_envelope(envelope_from: str | None) -> Address:
    address = heads.clean_address(envelope_from or "")
    if not address:
        raise Refused("no-sender")
    return Address(address)


def _certified(envelope: Message, inner: Message, scratch: Path, house: House) -> ParsedMail:
    """A message that came certified: the provider vouches for the sender, and for the message being whole."""
    found = _read(inner, _meaning(inner, house, None), scratch)
    id_ = found.message_id or heads.message_id(envelope, "X-Riferimento-Message-ID") or heads.message_id(envelope)
    to = found.to or heads.addresses(envelope, "To")
    sender = found.sender if found.sender.address else _on_behalf_of(envelope)
    date = found.date or heads.moment(envelope)
    subject = found.subject or heads.head(envelope, "Subject").removeprefix("POSTA CERTIFICATA:").strip()
    return replace(found, message_id=id_, to=to, sender=sender, date=date, subject=subject, certified=True)


def _on_behalf_of(envelope: Message) -> Address:
    named = heads.addresses(envelope, "Reply-To") or heads.addresses(envelope, "From")
    return named[0] if named else Address("")


def _meaning(root: Message, house: House, envelope_from: str | None) -> _Meaning:
    if receipt := pec.receipt_of(root):
        return _Meaning(Sign("receipt", "x-ricevuta"), receipt=receipt)
    if receipt := bounces.receipt_of(root):
        return _Meaning(Sign("receipt", bounces.report_type(root) or "report"), receipt=receipt)
    if bounce := bounces.bounce_of(root):
        return _Meaning(Sign("bounce", bounces.report_type(root) or "words"), bounce=bounce)
    return _Meaning(kind_of(root, house, envelope_from=envelope_from))


def _read(root: Message, meaning: _Meaning, scratch: Path) -> ParsedMail:
    body = body_of(root, scratch, left_out=pec.WRAPPING if meaning.receipt else frozenset())
    text, date = body.text, heads.moment(root)
    reply = reply_of(text)
    senders = heads.addresses(root, "From") or heads.addresses(root, "Sender")
    remarks = [*body.remarks]
    remarks += ["no-date"] if date is None else []
    remarks += ["no-sender"] if not senders else []
    return ParsedMail(
        kind=meaning.sign.kind,
        why=meaning.sign.why,
        message_id=heads.message_id(root) or _made_up(root, text),
        in_reply_to=heads.message_id(root, "In-Reply-To"),
        references=heads.message_ids(root),
        date=date,
        sender=senders[0] if senders else Address(""),
        reply_to=heads.addresses(root, "Reply-To"),
        to=heads.addresses(root, "To"),
        cc=heads.addresses(root, "Cc"),
        subject=heads.head(root, "Subject")[:500],
        text=text,
        reply_text=reply,
        html=body.html,
        attachments=tuple(body.files),
        language=language_of(reply) or language_of(heads.head(root, "Subject")),
        bounce=meaning.bounce,
        receipt=meaning.receipt,
        list_id=heads.head(root, "List-Id")[:300],
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _made_up(root: Message, text: str) -> str:
    """An id for a mail without one: the same for the same mail."""
    facts = "\n".join([*(str(root.get(name, "")) for name in ("From", "To", "Date", "Subject")), text])
    return f"<{hashlib.sha256(facts.encode('utf-8', 'replace')).hexdigest()[:40]}@no-id.invalid>"
