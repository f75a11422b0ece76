"""What happens to requests of customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutTicket(DomainEvent):
    ticket: UUID
    party: UUID | None

    @property
    def subject(self) -> UUID:
        return self.ticket


@dataclass(frozen=True, kw_only=True)
class TicketOpened(_AboutTicket):
    """A customer asks for something."""

    type: ClassVar[str] = "ticket.opened"
    number: str


@dataclass(frozen=True, kw_only=True)
class TicketChanged(_AboutTicket):
    """Something about a request changed, or who has it."""

    type: ClassVar[str] = "ticket.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class TicketSolved(_AboutTicket):
    """What the customer asked for is done."""

    type: ClassVar[str] = "ticket.solved"


@dataclass(frozen=True, kw_only=True)
class TicketReopened(_AboutTicket):
    """It was not done after all."""

    type: ClassVar[str] = "ticket.reopened"


@dataclass(frozen=True, kw_only=True)
class PersonWanted(_AboutTicket):
    """The customer wants to speak to a person: `way` is call or mail."""

    type: ClassVar[str] = "ticket.person-wanted"
    way: str


@dataclass(frozen=True, kw_only=True)
class CustomerWroteOnPage(_AboutTicket):
    """The customer added something on the page of his request; `note` holds what."""

    type: ClassVar[str] = "ticket.customer-wrote-on-page"
    note: UUID


@dataclass(frozen=True, kw_only=True)
class TicketDueSoon(_AboutTicket):
    """Four fifths of the time promised for an answer (`clock` is answer) or a solution have gone by."""

    type: ClassVar[str] = "ticket.due-soon"
    clock: str


@dataclass(frozen=True, kw_only=True)
class TicketOverdue(_AboutTicket):
    """An answer or a solution was promised for earlier."""

    type: ClassVar[str] = "ticket.overdue"
    clock: str


@dataclass(frozen=True, kw_only=True)
class TicketMerged(_AboutTicket):
    """A request became a part of another."""

    type: ClassVar[str] = "ticket.merged"
    into: UUID


@dataclass(frozen=True, kw_only=True)
class TicketsParted(_AboutTicket):
    """A request that was a part of another stands alone again."""

    type: ClassVar[str] = "ticket.parted"
    out_of: UUID


@dataclass(frozen=True, kw_only=True)
class SatisfactionGiven(_AboutTicket):
    """A customer said how content he was, from one (not at all) to five."""

    type: ClassVar[str] = "ticket.satisfaction"
    score: int
