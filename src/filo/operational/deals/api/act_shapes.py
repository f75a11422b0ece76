"""What acts on deals look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Day, Shape
from filo.operational.deals.api.shapes import DealShape

TO = "A colleague, by e-mail or id; empty: nobody."


class NextStepBody(Body):
    """What comes next, and on which day."""

    step: str = Field(max_length=200)
    on: Day


class DealNoteBody(Body):
    """Something about the deal, for its story; at most 600 letters."""

    text: str = Field(max_length=10_000)


class HandOverBody(Body):
    """Who has it from now on."""

    owner: str = Field(max_length=200, description=TO)


class HandOverManyBody(Body):
    """Which deals, and who has them from now on."""

    ids: list[UUID] = Field(min_length=1, max_length=200)
    owner: str = Field(max_length=200, description=TO)


class HandedOver(Shape):
    """How many were given away, and how many stayed because one may not give them away. `operation` can be taken
    back.
    """

    given: int
    left: int
    operation: UUID


class BinnedDeal(DealShape):
    """A deal in the bin."""

    deleted_at: datetime


class BinList(Shape):
    """A page of deals in the bin, the latest first."""

    items: list[BinnedDeal]
    next: str | None
    count: int
    count_is_exact: bool


class PointsOfRule(Shape):
    """What a rule gave: `times` and `last` are for what happened."""

    rule: UUID
    name: str
    way: Literal["fit", "behaviour"]
    points: int
    times: int
    last: datetime | None


class PointsShape(Shape):
    """The points of a deal as they are now, between -100 and 100, and where they come from, the weightiest first."""

    score: int
    rules: list[PointsOfRule]


class DealActor(Shape):
    """Who did it; a part of the system has no id."""

    id: UUID | None
    name: str


class DealChangeShape(Shape):
    """What one act changed. `changes` maps each field to [before, after]; `operation` can be taken back."""

    id: UUID
    at: datetime
    operation: UUID
    undoes: UUID | None
    actor: DealActor
    door: str
    action: str
    changes: dict[str, Any]


class DealChangeList(Shape):
    """A page of changes, newest first. Those one may not see are not among the items, though they are counted."""

    items: list[DealChangeShape]
    next: str | None
    count: int
    count_is_exact: bool
