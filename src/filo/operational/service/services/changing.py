"""How every verb changes a request: lock, compare, write, record, announce, tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, Stale
from filo.foundation.events.services import announce
from filo.foundation.push.services import publish
from filo.operational.parties.services.timeline import page_changed, tell
from filo.operational.service.events import TicketChanged
from filo.operational.service.findable import keep_words
from filo.operational.service.models import ServiceGroup, Ticket
from filo.operational.service.policies import TICKET_EDITED

Also = Callable[[Ticket], None]


def nothing_more(_ticket: Ticket) -> None:
    """Nothing follows from the change."""


def locked_ticket(ticket: Ticket) -> Ticket:
    """The same request, with its row locked until the transaction ends."""
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("group__calendar", "party")
    return rows.get(pk=ticket.pk)


def change(
    principal: Principal,
    ticket: Ticket,
    facts: Mapping[str, Any] | Callable[[Ticket], Mapping[str, Any]],
    *,
    what: str,
    version: int | None = None,
    also: Also = nothing_more,
) -> Ticket:
    """Write facts (or what a function makes of the locked row) and whatever follows from them in one transaction.

    Nothing changes: nothing is written. Raises `Forbidden`, `Stale`.
    """
    if not TICKET_EDITED.allows(principal, ticket):
        raise Forbidden
    with transaction.atomic():
        locked = locked_ticket(ticket)
        wanted = facts(locked) if callable(facts) else facts
        changes = {
            name: (getattr(locked, name), value) for name, value in wanted.items() if getattr(locked, name) != value
        }
        if version is not None and version != locked.version:
            raise Stale({name: (str(a), str(b)) for name, (a, b) in changes.items()}, version=locked.version)
        if not changes:
            return locked
        for name, (_before, value) in changes.items():
            setattr(locked, name, value)
        if "group_id" in changes:  # its calendar is asked next
            rows = ServiceGroup.objects.select_related("calendar")
            locked.group = rows.get(pk=locked.group_id) if locked.group_id else None
        also(locked)
        keep(locked)
        if changes.keys() & {"subject", "product", "description"}:
            keep_words(locked)
        record(principal, f"ticket.{what}", kind="ticket", object_id=locked.id, changes=changes)
        announce(principal, TicketChanged(ticket=locked.id, party=locked.party_id, fields=sorted(changes)))
        page_of_ticket_changed(principal, locked)
    return locked


def keep(locked: Ticket) -> None:
    """Save a locked row as a version of its own."""
    locked.owed_by = locked.owed()
    locked.version += 1
    locked.save()


def page_of_ticket_changed(principal: Principal, ticket: Ticket) -> None:
    """Other open pages of this request, and of its customer, fetch their parts anew."""
    publish(f"ticket:{ticket.id}", "changed", by=principal.page)
    if ticket.party_id:
        page_changed(principal, [ticket.party_id], "tickets")


def tell_of(principal: Principal, ticket: Ticket, kind: str) -> None:
    """A line on the timeline of the customer."""
    if ticket.party is None:
        return
    entries = tell(
        principal,
        ticket.party,
        at=clock.now(),
        kind=kind,
        object="ticket",
        summary=f"{ticket.number} {ticket.subject}"[:300],
        reference_kind="ticket",
        reference_id=ticket.id,
        owner_id=ticket.assignee_id or ticket.owner_id,
        unit_id=ticket.unit_id,
        company_id=ticket.company_id,
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
