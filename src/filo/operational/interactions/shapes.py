"""What the API takes and gives about interactions."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Moment, Shape, Whole

Channel = Literal["note", "call", "meeting", "letter", "fax", "mail"]
Direction = Literal["", "in", "out"]


class ActorsBody(Body):
    """Who took part besides the author and the party."""

    colleagues: list[str] = Field([], max_length=50, description="By e-mail or id.")
    people: list[UUID] = Field([], max_length=50, description="Parties, by id.")


class InteractionBody(Body):
    """What happened. Without `at` it happened now."""

    party: UUID
    channel: Channel
    at: Moment | None = None
    direction: Direction = ""
    subject: str = Field("", max_length=200)
    outcome: str | None = Field(None, max_length=40, description="The code of an outcome of this channel.")
    body: str = ""
    minutes: Whole | None = None
    number: str = Field("", max_length=40, description="That was called, or that a fax came from or went to.")
    actors: ActorsBody = ActorsBody()


class ChangeBody(Body):
    """What is corrected; channel, party and actors stay."""

    at: Moment = Field(None)  # type: ignore[assignment]
    direction: Direction = ""
    subject: str = Field("", max_length=200)
    outcome: str | None = Field(None, max_length=40)
    body: str = ""
    minutes: Whole | None = None


class Colleague(Shape):
    """Somebody who works here."""

    id: UUID
    name: str
    email: str


class InvolvedParty(Shape):
    """A party, by name."""

    id: UUID
    kind: Literal["person", "organisation"]
    display_name: str


class Actors(Shape):
    """Who took part, as far as one sees them."""

    colleagues: list[Colleague]
    people: list[InvolvedParty]


class InteractionShape(Shape):
    """What happened between us and a party."""

    id: UUID
    party: InvolvedParty
    relationship: UUID | None
    company: str | None
    channel: Channel
    direction: Direction
    at: datetime
    minutes: int | None
    number: str
    subject: str
    outcome: str | None
    body: str
    author: Colleague | None
    actors: Actors
    version: int
    created_at: datetime


class InteractionList(Shape):
    """A page of interactions."""

    items: list[InteractionShape]
    next: str | None
    count: int
    count_is_exact: bool
