"""From what is sent about requests to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import people_named, person_shown
from filo.foundation.errors import InvalidFields, NotFound
from filo.operational.parties.models import Party
from filo.operational.service.models import ServiceGroup, Ticket, TicketNote
from filo.operational.service.queries.finding import status_link
from filo.operational.service.services import (
    assign_ticket,
    change_ticket,
    set_ticket_state,
)


def change(principal: Principal, ticket: Ticket, sent: dict[str, Any], *, version: int | None) -> None:
    """Do all that was sent to one of them."""
    names = ("subject", "type", "priority", "description", "product")
    facts = {name: sent[name] for name in names if name in sent}
    now = change_ticket(principal, ticket, version=version, **facts)
    if "assignee" in sent or "group" in sent:
        assignee = person(sent["assignee"]) if "assignee" in sent else now.assignee_id
        now = assign_ticket(principal, now, assignee_id=assignee, group=group(sent.get("group", "")))
    if "state" in sent or "waiting_on" in sent:
        set_ticket_state(
            principal,
            now,
            sent.get("state", "waiting"),
            waiting_on=sent.get("waiting_on", ""),
            reason=sent.get("close_reason", ""),
        )


def note(note: TicketNote) -> dict[str, Any]:
    """A note, as it is answered."""
    return {
        "id": note.id,
        "at": note.at,
        "author": note.author_name,
        "text": note.text,
        "public": note.public,
        "by_customer": note.by_customer,
    }


def party(principal: Principal, party_id: UUID | None) -> Party | None:
    """The customer that was named, if the caller sees him. Raises `InvalidFields`."""
    if party_id is None:
        return None
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def group(code: str) -> ServiceGroup | None:
    """The group of a code. Raises `InvalidFields`."""
    if not code:
        return None
    found = ServiceGroup.objects.select_related("calendar", "company").filter(code=code).first()
    if found is None:
        raise InvalidFields({"group": _("There is no group of this code.")})
    return found


def person(name: str) -> UUID | None:
    """The colleague of a name: an e-mail or an id. Raises `InvalidFields`."""
    if not name:
        return None
    found = people_named([name]).get(name)
    if found is None:
        raise InvalidFields({"assignee": _("Choose somebody who works here.")})
    return found.id


def one(principal: Principal, ticket: Ticket) -> dict[str, Any]:
    """One of them, whole, as it is answered."""
    return shown(principal, [ticket])[0]


def shown(principal: Principal, tickets: Sequence[Ticket]) -> list[dict[str, Any]]:
    """The requests; a customer is named only to whom sees him."""
    ids = {ticket.party_id for ticket in tickets if ticket.party_id}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if principal.may("party", "view") and ids else []
    seen = {party.id: party for party in rows}
    return [shape(ticket, seen.get(ticket.party_id) if ticket.party_id else None) for ticket in tickets]


def shape(ticket: Ticket, party: Party | None) -> dict[str, Any]:
    """As it is answered."""
    plain = (
        *("id", "number", "type", "subject", "description", "priority", "state", "waiting_on", "contact_address"),
        *("channel", "language", "product", "opened_at", "respond_by", "responded_at", "solve_by", "solved_at"),
        *("closed_at", "close_reason", "reopened", "version"),
    )
    about = {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None
    return {name: getattr(ticket, name) for name in plain} | {
        "party": about,
        "group": ticket.group.code if ticket.group else "",
        "assignee": person_shown(ticket.assignee) if ticket.assignee else None,
        "merged_into": ticket.merged_into_id,
        "status_url": status_link(ticket),
    }
