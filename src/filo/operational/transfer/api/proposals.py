"""What an import proposes, and what is decided of it, at the REST API."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape


class ProposalShape(Shape):
    """A value that the file says otherwise than the card, in words: `now` as it is, `said` as the file says it."""

    id: UUID
    number: int
    party: UUID
    party_name: str
    name: str
    label: str
    now: str
    said: str


class ProposalList(Shape):
    """A page of them. Those about parties one does not see are not among the items, though they are counted."""

    items: list[ProposalShape]
    next: str | None
    count: int
    count_is_exact: bool


class ProposalDecisionBody(Body):
    """What becomes of which."""

    decision: Literal["take", "leave"]
    proposals: list[UUID] | None = Field(None, max_length=500)


class DecidedShape(Shape):
    """How many were taken or left; `waiting` could not be taken, `more` were not asked for yet."""

    done: int
    waiting: int
    more: int
