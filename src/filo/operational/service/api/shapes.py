"""What requests look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape

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


class TicketMergeBody(Body):
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
