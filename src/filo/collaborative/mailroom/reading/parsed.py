"""A mail as it was understood: plain values that go through JSON from the process that read it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

KINDS = ("message", "automatic", "list", "bounce", "receipt", "own")


@dataclass(frozen=True)
class Address:
    """Somebody a mail names; the address in small letters after the @, the name as people read it."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file in a mail. `file` is the id of the stored file (while it is being read: its name on the disk)."""

    name: str
    media_type: str
    size: int
    file: str
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True)
class Bounce:
    """What could not be delivered, to whom and why. `is_final`: trying again is of no use.

    original_message_id: of the mail that came back; empty when the report does not say it. status: as RFC 3463
    has it ("5.1.1").
    """

    recipients: tuple[str, ...]
    status: str = ""
    diagnostic: str = ""
    original_message_id: str = ""
    is_final: bool = True


@dataclass(frozen=True)
class Receipt:
    """What a system of certified mail (PEC), or a reader's program, says about a mail of ours.

    type: accepted, delivered, taken-over, not-accepted, not-delivered, warning, virus, read, other.
    """

    type: str
    original_message_id: str = ""
    recipients: tuple[str, ...] = ()
    error: str = ""
    certified_at: datetime | None = None


@dataclass(frozen=True)
class Authentication:
    """What our own server found about the sender: pass, fail, softfail, neutral, none; empty where it is silent."""

    spf: str = ""
    dkim: str = ""
    dmarc: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the address in From is the sender's beyond doubt."""
        return self.dmarc == "pass"

    @property
    def is_doubtful(self) -> bool:
        """Whether the address in From is perhaps another's."""
        return self.dmarc in ("fail", "temperror", "permerror") or (not self.dmarc and "fail" in (self.spf, self.dkim))


@dataclass(frozen=True)
class ParsedMail:
    """Everything that is known of one mail.

    kind: what it is (`KINDS`), why: by which sign. date: as the sender wrote it; None when there is none.
    text: all of it; reply_text: what was written anew, without quotes and signature. html: as it came, to be cleaned
    whenever it is shown. certified: it came as certified mail (PEC). remarks: what was wrong with it.
    """

    kind: str
    why: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    date: datetime | None = None
    sender: Address = field(default_factory=lambda: Address(""))
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    text: str = ""
    reply_text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    language: str = ""
    bounce: Bounce | None = None
    receipt: Receipt | None = None
    authentication: Authentication = field(default_factory=Authentication)
    list_id: str = ""
    certified: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def answers_to(self) -> Address:
        """Whom an answer goes to."""
        return self.reply_to[0] if self.reply_to else self.sender

    def to_json(self) -> dict[str, Any]:
        """Plain values that JSON holds."""
        found = dataclasses.asdict(self)
        found["date"] = self.date.isoformat() if self.date else None
        if self.receipt and self.receipt.certified_at:
            found["receipt"]["certified_at"] = self.receipt.certified_at.isoformat()
        return found

    def facts(self) -> dict[str, Any]:
        """The same without the texts, which lie in the raw mail."""
        return {name: value for name, value in self.to_json().items() if name not in ("text", "reply_text", "html")}


def from_json(found: Mapping[str, Any]) -> ParsedMail:
    """What `to_json` (or `facts`) gave. Raises KeyError or TypeError for anything else."""
    receipt = found.get("receipt")
    plain = {name: found[name] for name in ("kind", "why", "message_id", "in_reply_to", "subject", "language")}
    plain |= {name: found.get(name, "") for name in ("text", "reply_text", "html", "list_id")}
    return ParsedMail(
        **plain,
        references=tuple(found["references"]),
        date=_moment(found["date"]),
        sender=Address(**found["sender"]),
        reply_to=_addresses(found["reply_to"]),
        to=_addresses(found["to"]),
        cc=_addresses(found["cc"]),
        attachments=tuple(Attachment(**one) for one in found["attachments"]),
        bounce=_bounce(found["bounce"]),
        receipt=_receipt(receipt),
        authentication=Authentication(**found["authentication"]),
        certified=found["certified"],
        remarks=tuple(found["remarks"]),
    )


def _addresses(found: Any) -> tuple[Address, ...]:
    return tuple(Address(**one) for one in found)


def _bounce(found: Any) -> Bounce | None:
    return Bounce(**{**found, "recipients": tuple(found["recipients"])}) if found else None


def _receipt(found: Any) -> Receipt | None:
    if not found:
        return None
    more = {"recipients": tuple(found["recipients"]), "certified_at": _moment(found["certified_at"])}
    return Receipt(**{**found, **more})


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
