"""What arrives from outside, as its channel hands it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from filo.collaborative.inbox.queries.senders import Sender
from filo.collaborative.mailroom.models import Mailbox
from filo.operational.parties.models import Party
from filo.operational.service.models import ServiceGroup


@dataclass(frozen=True)
class File:
    """A file that came with a message; the id of its StoredFile."""

    file_id: UUID
    name: str
    content_id: str = ""


@dataclass(frozen=True)
class Arrived:
    """What came in, the same for every channel. `at` is when we got it; `kind` message or automatic."""

    channel: str
    sender: Sender
    subject: str
    text: str
    reply_text: str
    at: datetime
    kind: str = "message"
    language: str = "it"
    html: str = ""
    to: Sequence[str] = ()
    cc: Sequence[str] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    files: Sequence[File] = ()
    mailbox: Mailbox | None = None
    group: ServiceGroup | None = None
    incoming_id: UUID | None = None
    caution: str = ""
    proved: bool = False  # somebody vouches for the address being the sender's
    old: bool = False  # it lay in the mailbox before we looked at it for the first time: nobody waits for an answer
    party: Party | None = None  # where it is known who writes, as on a page that he signed in to
    tags: Sequence[str] = field(default_factory=tuple)
