"""Requests of customers at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.service.api import telling
from filo.operational.service.api.shapes import (
    NoteBody,
    NoteList,
    NoteShape,
    TicketBody,
    TicketChange,
    TicketList,
    TicketMergeBody,
    TicketShape,
)
from filo.operational.service.filters import TICKET_FILTERS
from filo.operational.service.queries.finding import seen_ticket
from filo.operational.service.queries.listing import SORTS, tickets_found
from filo.operational.service.services import (
    add_ticket_note,
    assign_ticket,
    merge_tickets,
    open_ticket,
)

router = Router(tags=["tickets"])


@router.get("/tickets", response=TicketList, summary="List requests")
def list_tickets(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The requests one sees, what is owed first on top. Orders: due, opened, number. Filters as on the page.

    `q` is a number, or words of subject, product and customer.
    """
    principal = require(request, "ticket", "view")
    found = tickets_found(principal, None, asked.q).select_related("group", "assignee")
    page, count = listed(principal, found, asked, sorts=SORTS, filters=TICKET_FILTERS)
    return list_answer(telling.shown(principal, page.rows), page.next, count)


@router.post("/tickets", response={201: TicketShape}, summary="Open a request", openapi_extra=VERSIONED)
def add_ticket(request: ApiRequest, body: TicketBody) -> HttpResponse:
    """A customer asks for something; its clock starts now."""
    principal = require(request, "ticket", "create")
    facts = body.model_dump(exclude={"party", "group", "assignee"})
    with transaction.atomic():
        ticket = open_ticket(
            principal, party=telling.party(principal, body.party), group=telling.group(body.group), **facts
        )
        if body.assignee:
            ticket = assign_ticket(principal, ticket, assignee_id=telling.person(body.assignee))
    headers = {"Location": f"/api/v1/tickets/{ticket.id}"}
    return versioned(request, telling.one(principal, ticket), status=201, headers=headers)


@router.get("/tickets/{uuid:ticket_id}", response=TicketShape, summary="Read a request", openapi_extra=VERSIONED)
def get_ticket(request: ApiRequest, ticket_id: UUID) -> HttpResponse:
    """One request."""
    principal = require(request, "ticket", "view")
    return versioned(request, telling.one(principal, seen_ticket(principal, ticket_id)))


@router.patch("/tickets/{uuid:ticket_id}", response=TicketShape, summary="Change a request", openapi_extra=VERSIONED)
def patch_ticket(request: ApiRequest, ticket_id: UUID, body: TicketChange) -> HttpResponse:
    """Change facts, give it to somebody, move its state on; all of it or nothing."""
    principal = require(request, "ticket", "edit")
    ticket, sent = seen_ticket(principal, ticket_id), body.sent()
    version = version_to_write(request, ticket.version)
    try:
        with transaction.atomic():
            telling.change(principal, ticket, sent, version=version)
    except Stale as error:
        raise stale(telling.one(principal, seen_ticket(principal, ticket_id)), sent, error) from None
    return versioned(request, telling.one(principal, seen_ticket(principal, ticket_id)))


@router.get("/tickets/{uuid:ticket_id}/notes", response=NoteList, summary="Read the notes of a request")
def list_ticket_notes(request: ApiRequest, ticket_id: UUID) -> dict[str, Any]:
    """Notes of colleagues, and what the customer wrote on the page of his request."""
    principal = require(request, "ticket", "view")
    return {"items": [telling.note(note) for note in seen_ticket(principal, ticket_id).notes.all()]}


@router.post("/tickets/{uuid:ticket_id}/notes", response={201: NoteShape}, summary="Note something about a request")
def add_note_to_ticket(request: ApiRequest, ticket_id: UUID, body: NoteBody) -> tuple[int, dict[str, Any]]:
    """A note, among colleagues or for the customer too."""
    principal = require(request, "ticket", "edit")
    note = add_ticket_note(principal, seen_ticket(principal, ticket_id), body.text, public=body.public)
    return 201, telling.note(note)


@router.post(
    "/tickets/{uuid:ticket_id}/merge", response=TicketShape, summary="Merge a request", openapi_extra=VERSIONED
)
def merge_ticket(request: ApiRequest, ticket_id: UUID, body: TicketMergeBody) -> HttpResponse:
    """Make it a part of another; answers with the other."""
    principal = require(request, "ticket", "edit")
    into = seen_ticket(principal, body.into)
    merge_tickets(principal, seen_ticket(principal, ticket_id), into=into)
    return versioned(request, telling.one(principal, seen_ticket(principal, into.id)))
