"""Mailboxes, and the mails that came to them."""

from filo.collaborative.mailroom.models.incoming import IncomingMail, Kind, State
from filo.collaborative.mailroom.models.mailbox import Mailbox, MailboxState

__all__ = ["IncomingMail", "Kind", "Mailbox", "MailboxState", "State"]
