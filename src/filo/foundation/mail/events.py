"""What becomes of mails whose sender wants to know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutMail(DomainEvent):
    mail: UUID

    @property
    def subject(self) -> UUID:
        return self.mail


@dataclass(frozen=True, kw_only=True)
class MailSent(_AboutMail):
    """A mail whose sender wants to know was taken by the mail server."""

    type: ClassVar[str] = "mail.sent"


@dataclass(frozen=True, kw_only=True)
class MailNotSent(_AboutMail):
    """A mail whose sender wants to know was refused, given up, or perhaps sent; `state` says which."""

    type: ClassVar[str] = "mail.not-sent"
    state: str
