"""What happens in the mailroom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutMail(DomainEvent):
    mail: UUID
    mailbox: UUID | None

    @property
    def subject(self) -> UUID:
        return self.mail


@dataclass(frozen=True, kw_only=True)
class MailTakenIn(_AboutMail):
    """A mail came in and was understood; `kind` says what it is."""

    type: ClassVar[str] = "incoming-mail.taken-in"
    kind: str


@dataclass(frozen=True, kw_only=True)
class MailQuarantined(_AboutMail):
    """A mail came in and could not be read or taken in; it was put aside with the reason."""

    type: ClassVar[str] = "incoming-mail.quarantined"
    reason: str


@dataclass(frozen=True, kw_only=True)
class MailIgnored(_AboutMail):
    """Somebody decided that nothing is to be done with a mail that was put aside."""

    type: ClassVar[str] = "incoming-mail.ignored"


@dataclass(frozen=True, kw_only=True)
class MailReturned(DomainEvent):
    """A mail of ours came back; `incoming` is the report. final: trying again is of no use."""

    type: ClassVar[str] = "mail.returned"
    mail: UUID
    incoming: UUID
    final: bool

    @property
    def subject(self) -> UUID:
        return self.mail


@dataclass(frozen=True, kw_only=True)
class _AboutMailbox(DomainEvent):
    mailbox: UUID

    @property
    def subject(self) -> UUID:
        return self.mailbox


@dataclass(frozen=True, kw_only=True)
class MailboxAdded(_AboutMailbox):
    """Mail is accepted for one more address."""

    type: ClassVar[str] = "mailbox.added"


@dataclass(frozen=True, kw_only=True)
class MailboxChanged(_AboutMailbox):
    """Something about a mailbox was changed; `names` says what."""

    type: ClassVar[str] = "mailbox.changed"
    names: list[str]
