"""What comes in, for tests: a mail of somebody to one of our mailboxes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from filo.collaborative.inbox.models import Message
from filo.collaborative.inbox.queries.senders import Sender
from filo.collaborative.inbox.services.arrivals import Arrived
from filo.collaborative.inbox.services.taking_in import take_in
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation import clock
from filo.foundation.access.principal import system

POST = system("mail")


def mailbox(address: str = "info@aurora.example", **facts: Any) -> Mailbox:
    """A mailbox of the firm, or with an `owner` a personal one."""
    return Mailbox.objects.create(address=address, name="Aurora", created_at=clock.now(), **facts)


def arrived(box: Mailbox, text: str = "Buongiorno, quanto costa?", **facts: Any) -> Arrived:
    """A mail of Mario Rossi, unless said otherwise."""
    name, address = facts.pop("name", "Mario Rossi"), facts.pop("address", "mario.rossi@example.it")
    usual: dict[str, Any] = {"channel": "mail", "subject": "Informazioni", "at": clock.now(), "reply_text": text}
    return Arrived(sender=Sender(address, name), text=text, mailbox=box, **usual | facts)


def comes_in(box: Mailbox, text: str = "Buongiorno, quanto costa?", **facts: Any) -> Message:
    """The same, taken in."""
    return take_in(POST, arrived(box, text, **facts))


def later(moment: datetime, **span: float) -> datetime:
    """So much after a moment."""
    return moment + timedelta(**span)
