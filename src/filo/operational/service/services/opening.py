"""A request is opened, with a number that nobody else has."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.search import services as search
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.timeline import page_changed, tell
from filo.operational.service.events import TicketOpened
from filo.operational.service.findable import KIND
from filo.operational.service.models import PRIORITIES, TYPES, ServiceGroup, Ticket, TicketCounter
from filo.operational.service.numbers import FIRST
from filo.operational.service.services.promises import promise

LIMIT = 200_000


def open_ticket(
    principal: Principal,
    *,
    subject: str,
    type: str = "question",
    party: Party | None = None,
    group: ServiceGroup | None = None,
    priority: str = "normal",
    channel: str = "mail",
    description: str = "",
    language: str = "it",
    contact_address: str = "",
    product: str = "",
    company: SellingCompany | None = None,
) -> Ticket:
    """Open a request; its clock starts now. The number is given in the caller's transaction, each once.

    Raises `Forbidden`, `InvalidFields` (nothing is asked, an unknown type or priority).
    """
    principal.require("ticket", "create")
    subject = clean_line(subject, max_length=300)
    _refuse_wrong(subject, type=type, priority=priority)
    tie = tie_with(party, group.company_id if group else None) if party else None
    moment = clock.now()
    with transaction.atomic():
        ticket = Ticket(
            serial=_next_serial(),
            type=type,
            subject=subject,
            description=clean_text(description, max_length=LIMIT),
            priority=priority,
            party=party,
            contact_address=contact_address[:320],
            channel=channel[:10],
            language=language[:5],
            product=clean_line(product, max_length=200),
            group=group,
            owner_id=tie.owner_id if tie else principal.user_id,
            unit_id=_unit(principal, tie, group),
            company_id=_company_id(company, group, tie),
            opened_at=moment,
        )
        promise(ticket, group, moment)
        ticket.owed_by = ticket.owed()
        ticket.save(force_insert=True)
        _remember(principal, ticket, party)
    return ticket


def _refuse_wrong(subject: str, *, type: str, priority: str) -> None:
    problems = {}
    if not subject:
        problems["subject"] = _("Say what the customer asks for.")
    for name, value, known in (("type", type, dict(TYPES)), ("priority", priority, dict(PRIORITIES))):
        if value not in known:
            problems[name] = _("Choose one of: %(names)s.") % {"names": ", ".join(known)}
    if problems:
        raise InvalidFields(problems)


def _remember(principal: Principal, ticket: Ticket, party: Party | None) -> None:
    """On the timeline of the customer, in the audit, and for whoever waits for events."""
    if party is not None:
        _tell(principal, ticket, party)
    search.note_new(KIND, {ticket.id: f"{ticket.subject}\n{ticket.product}\n{ticket.description}"})
    changes = {"number": (None, ticket.number), "subject": (None, ticket.subject)}
    record(principal, "ticket.open", kind="ticket", object_id=ticket.id, changes=changes)
    party_id = party.id if party else None
    announce(principal, TicketOpened(ticket=ticket.id, party=party_id, number=ticket.number))


def _next_serial() -> int:
    """The counter's row is locked until the caller commits: two who open at once wait for each other."""
    TicketCounter.objects.bulk_create([TicketCounter(id=1, last=FIRST - 1)], ignore_conflicts=True)
    counter = TicketCounter.objects.select_for_update().get(pk=1)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def _company_id(company: SellingCompany | None, group: ServiceGroup | None, tie: Relationship | None) -> UUID | None:
    if company is not None:
        return company.id
    return (group.company_id if group else None) or (tie.company_id if tie else None)


def _unit(principal: Principal, tie: Relationship | None, group: ServiceGroup | None) -> UUID | None:
    if tie and tie.unit_id:
        return tie.unit_id
    return group.unit_id if group and group.unit_id else principal.unit_id


def _tell(principal: Principal, ticket: Ticket, party: Party) -> None:
    entries = tell(
        principal,
        party,
        at=ticket.opened_at,
        kind="ticket.opened",
        object="ticket",
        summary=f"{ticket.number} {ticket.subject}"[:300],
        actor_name=principal.name if principal.kind != "system" else party.display_name,
        reference_kind="ticket",
        reference_id=ticket.id,
        owner_id=ticket.owner_id,
        unit_id=ticket.unit_id,
        company_id=ticket.company_id,
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
