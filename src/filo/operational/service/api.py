"""Requests of customers at the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import people_named, person_shown
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.parties.models import Party
from filo.operational.service.filters import TICKET_FILTERS
from filo.operational.service.models import ServiceGroup, Ticket, TicketNote
from filo.operational.service.queries.finding import seen_ticket, status_link
from filo.operational.service.queries.listing import SORTS, tickets_found
from filo.operational.service.services import (
    add_ticket_note,
    assign_ticket,
    change_ticket,
    merge_tickets,
    open_ticket,
    set_ticket_state,
)

router = Router(tags=["tickets"])
Type = Literal["question", "fault", "complaint", "return"]
Priority = Literal["low", "normal", "high", "urgent"]
State = Literal["new", "open", "waiting", "solved", "closed"]
WaitingOn = Literal["", "customer", "supplier", "us"]
PERSON = "A colleague, by e-mail or id; empty: nobody."
GROUP = "A group, by its code."


class TicketBody(Body):
    """What a customer asks for."""

    subject: str = Field(max_length=300)
    type: Type = "question"
    priority: Priority = "normal"
    party: UUID | None = None
    group: str = Field("", description=GROUP)
    assignee: str = Field("", description=PERSON)
    channel: str = Field("api", max_length=10)
    description: str = Field("", max_length=200_000)
    contact_address: str = Field("", max_length=320)
    product: str = Field("", max_length=200)
    language: Literal["it", "en"] = "it"


class TicketChange(Body):
    """What changes; a state names whom it waits for, or why it was closed."""

    subject: str = Field("", max_length=300)
    type: Type = "question"
    priority: Priority = "normal"
    description: str = Field("", max_length=200_000)
    product: str = Field("", max_length=200)
    group: str = Field("", description=GROUP)
    assignee: str = Field("", description=PERSON)
    state: State = "open"
    waiting_on: WaitingOn = ""
    close_reason: str = Field("", max_length=200)


class NoteBody(Body):
    """A note among colleagues; a public one is read by the customer too."""

    text: str = Field(max_length=50_000)
    public: bool = False


class MergeBody(Body):
    """The request that this one becomes a part of."""

    into: UUID


class Colleague(Shape):
    """Who has it."""

    id: UUID
    name: str
    email: str


class TicketParty(Shape):
    """Whose request it is."""

    id: UUID
    kind: Literal["person", "organisation"]
    display_name: str


class TicketShape(Shape):
    """A request. `party` is null when it is nobody's, or somebody's whom one does not see. Moments of promises move
    while the customer or a supplier is waited for.
    """

    id: UUID
    number: str
    type: Type
    subject: str
    description: str
    priority: Priority
    state: State
    waiting_on: WaitingOn
    party: TicketParty | None
    contact_address: str
    channel: str
    language: str
    product: str
    group: str
    assignee: Colleague | None
    opened_at: datetime
    respond_by: datetime | None
    responded_at: datetime | None
    solve_by: datetime | None
    solved_at: datetime | None
    closed_at: datetime | None
    close_reason: str
    reopened: int
    merged_into: UUID | None
    status_url: str
    version: int


class TicketList(Shape):
    """A page of requests."""

    items: list[TicketShape]
    next: str | None
    count: int
    count_is_exact: bool


class NoteShape(Shape):
    """What was noted, or what the customer wrote on the page of his request."""

    id: UUID
    at: datetime
    author: str
    text: str
    public: bool
    by_customer: bool


class NoteList(Shape):
    """The notes of a request, the oldest first."""

    items: list[NoteShape]


@router.get("/tickets", response=TicketList, summary="List requests")
def list_tickets(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The requests one sees, what is owed first on top. Orders: due, opened, number. Filters as on the page.

    `q` is a number, or words of subject, product and customer.
    """
    principal = require(request, "ticket", "view")
    found = tickets_found(principal, None, asked.q).select_related("group", "assignee")
    page, count = listed(principal, found, asked, sorts=SORTS, filters=TICKET_FILTERS)
    return list_answer(_shown(principal, page.rows), page.next, count)


@router.post("/tickets", response={201: TicketShape}, summary="Open a request", openapi_extra=VERSIONED)
def add_ticket(request: ApiRequest, body: TicketBody) -> HttpResponse:
    """A customer asks for something; its clock starts now."""
    principal = require(request, "ticket", "create")
    facts = body.model_dump(exclude={"party", "group", "assignee"})
    with transaction.atomic():
        ticket = open_ticket(principal, party=_party(principal, body.party), group=_group(body.group), **facts)
        if body.assignee:
            ticket = assign_ticket(principal, ticket, assignee_id=_person(body.assignee))
    headers = {"Location": f"/api/v1/tickets/{ticket.id}"}
    return versioned(request, _one(principal, ticket), status=201, headers=headers)


@router.get("/tickets/{uuid:ticket_id}", response=TicketShape, summary="Read a request", openapi_extra=VERSIONED)
def get_ticket(request: ApiRequest, ticket_id: UUID) -> HttpResponse:
    """One request."""
    principal = require(request, "ticket", "view")
    return versioned(request, _one(principal, seen_ticket(principal, ticket_id)))


@router.patch("/tickets/{uuid:ticket_id}", response=TicketShape, summary="Change a request", openapi_extra=VERSIONED)
def patch_ticket(request: ApiRequest, ticket_id: UUID, body: TicketChange) -> HttpResponse:
    """Change facts, give it to somebody, move its state on; all of it or nothing."""
    principal = require(request, "ticket", "edit")
    ticket, sent = seen_ticket(principal, ticket_id), body.sent()
    version = version_to_write(request, ticket.version)
    try:
        with transaction.atomic():
            _change(principal, ticket, sent, version=version)
    except Stale as error:
        raise stale(_one(principal, seen_ticket(principal, ticket_id)), sent, error) from None
    return versioned(request, _one(principal, seen_ticket(principal, ticket_id)))


def _change(principal: Principal, ticket: Ticket, sent: dict[str, Any], *, version: int | None) -> None:
    names = ("subject", "type", "priority", "description", "product")
    facts = {name: sent[name] for name in names if name in sent}
    now = change_ticket(principal, ticket, version=version, **facts)
    if "assignee" in sent or "group" in sent:
        assignee = _person(sent["assignee"]) if "assignee" in sent else now.assignee_id
        now = assign_ticket(principal, now, assignee_id=assignee, group=_group(sent.get("group", "")))
    if "state" in sent or "waiting_on" in sent:
        set_ticket_state(
            principal,
            now,
            sent.get("state", "waiting"),
            waiting_on=sent.get("waiting_on", ""),
            reason=sent.get("close_reason", ""),
        )


@router.get("/tickets/{uuid:ticket_id}/notes", response=NoteList, summary="Read the notes of a request")
def list_ticket_notes(request: ApiRequest, ticket_id: UUID) -> dict[str, Any]:
    """Notes of colleagues, and what the customer wrote on the page of his request."""
    principal = require(request, "ticket", "view")
    return {"items": [_note(note) for note in seen_ticket(principal, ticket_id).notes.all()]}


@router.post("/tickets/{uuid:ticket_id}/notes", response={201: NoteShape}, summary="Note something about a request")
def add_note_to_ticket(request: ApiRequest, ticket_id: UUID, body: NoteBody) -> tuple[int, dict[str, Any]]:
    """A note, among colleagues or for the customer too."""
    principal = require(request, "ticket", "edit")
    note = add_ticket_note(principal, seen_ticket(principal, ticket_id), body.text, public=body.public)
    return 201, _note(note)


@router.post(
    "/tickets/{uuid:ticket_id}/merge", response=TicketShape, summary="Merge a request", openapi_extra=VERSIONED
)
def merge_ticket(request: ApiRequest, ticket_id: UUID, body: MergeBody) -> HttpResponse:
    """Make it a part of another; answers with the other."""
    principal = require(request, "ticket", "edit")
    into = seen_ticket(principal, body.into)
    merge_tickets(principal, seen_ticket(principal, ticket_id), into=into)
    return versioned(request, _one(principal, seen_ticket(principal, into.id)))


def _note(note: TicketNote) -> dict[str, Any]:
    return {
        "id": note.id,
        "at": note.at,
        "author": note.author_name,
        "text": note.text,
        "public": note.public,
        "by_customer": note.by_customer,
    }


def _party(principal: Principal, party_id: UUID | None) -> Party | None:
    if party_id is None:
        return None
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def _group(code: str) -> ServiceGroup | None:
    if not code:
        return None
    found = ServiceGroup.objects.select_related("calendar", "company").filter(code=code).first()
    if found is None:
        raise InvalidFields({"group": _("There is no group of this code.")})
    return found


def _person(name: str) -> UUID | None:
    if not name:
        return None
    found = people_named([name]).get(name)
    if found is None:
        raise InvalidFields({"assignee": _("Choose somebody who works here.")})
    return found.id


def _one(principal: Principal, ticket: Ticket) -> dict[str, Any]:
    return _shown(principal, [ticket])[0]


def _shown(principal: Principal, tickets: Sequence[Ticket]) -> list[dict[str, Any]]:
    """The requests; a customer is named only to whom sees him."""
    ids = {ticket.party_id for ticket in tickets if ticket.party_id}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if principal.may("party", "view") and ids else []
    seen = {party.id: party for party in rows}
    return [_shape(ticket, seen.get(ticket.party_id) if ticket.party_id else None) for ticket in tickets]


def _shape(ticket: Ticket, party: Party | None) -> dict[str, Any]:
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
