"""What follows from what happens to requests: colleagues are told, and are left in peace when it is done."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.service.events import (
    CustomerWroteOnPage,
    PersonWanted,
    SatisfactionGiven,
    TicketChanged,
    TicketSolved,
)
from filo.operational.service.models import Ticket
from filo.operational.service.queries.finding import members_of
from filo.operational.service.services.surveys import ask_at_once
from filo.operational.service.telling import GIVEN, UNHAPPY, WANTED, WROTE

UNHAPPY_BELOW = 3


@on(TicketChanged)
def tell_who_has_it(event: TicketChanged, meta: EventMeta) -> None:
    """A request was given to somebody."""
    if "assignee_id" in event.fields and is_news(meta.time):
        ticket = Ticket.objects.filter(pk=event.ticket).first()
        if ticket is not None:
            notify(
                GIVEN, [ticket.assignee_id], subject=_about(event.ticket), url=_url(event.ticket), actor=meta.actor_id
            )


@on(PersonWanted)
def tell_that_a_person_is_wanted(event: PersonWanted, meta: EventMeta) -> None:
    """The customer asked for a person: whoever has the request is told, or its group."""
    _tell_those_with(event.ticket, WANTED, meta, {"way": event.way})


@on(CustomerWroteOnPage)
def tell_that_he_wrote(event: CustomerWroteOnPage, meta: EventMeta) -> None:
    """The customer added something."""
    _tell_those_with(event.ticket, WROTE, meta, {})


@on(SatisfactionGiven)
def tell_that_he_is_unhappy(event: SatisfactionGiven, meta: EventMeta) -> None:
    """A customer who is not content is called today, not found in a report next month."""
    if event.score < UNHAPPY_BELOW:
        _tell_those_with(event.ticket, UNHAPPY, meta, {"score": event.score})


@on(TicketSolved)
def leave_in_peace(event: TicketSolved, _meta: EventMeta) -> None:
    """What is solved needs no notice."""
    settle("ticket", event.ticket)


@on(TicketSolved)
def ask_how_it_was(event: TicketSolved, meta: EventMeta) -> None:
    """Where its group does not wait, the customer is asked at once."""
    if is_news(meta.time):
        ask_at_once(event.ticket)


def _tell_those_with(ticket_id: UUID, kind: str, meta: EventMeta, data: dict[str, object]) -> None:
    ticket = Ticket.objects.select_related("group").filter(pk=ticket_id).first()
    if ticket is None or not is_news(meta.time):
        return
    people = [ticket.assignee_id] if ticket.assignee_id else members_of(ticket.group)
    if kind == UNHAPPY and ticket.owner_id:
        people = [*people, ticket.owner_id]
    notify(kind, people, subject=_about(ticket_id), data=data, url=_url(ticket_id), actor=meta.actor_id)


def _about(ticket_id: UUID) -> Subject:
    return Subject("ticket", ticket_id)


def _url(ticket_id: UUID) -> str:
    return f"/tickets/{ticket_id}"
