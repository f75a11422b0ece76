"""What stock and its journal look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.lists import ListParams
from filo.foundation.rest.schemas import Body, Shape

Reason = Literal["count", "arrival", "shipped", "returned", "moved", "import", "back-office", "undo"]


class StockShape(Shape):
    """How many of a variant are in a place, how many of them are promised to orders, how many are free."""

    variant: UUID
    sku: str
    place: str
    on_hand: str
    reserved: str
    free: str
    as_of: datetime | None


class StockList(Shape):
    """A page of stock."""

    items: list[StockShape]
    next: str | None
    count: int
    count_is_exact: bool


class MoveLine(Body):
    """So many of a variant."""

    sku: str = Field(max_length=60)
    quantity: Decimal = Field(ge=0, max_digits=14, decimal_places=3)


class MovesBody(Body):
    """What was counted in a place, arrived there, or leaves it for another (`into`)."""

    do: Literal["count", "arrive", "move"]
    place: str = Field(max_length=40, description="A stock place, by its code.")
    into: str = Field("", max_length=40, description="Where it goes, by its code; for `move` alone.")
    lines: list[MoveLine] = Field(min_length=1, max_length=1_000)
    note: str = Field("", max_length=200)


class MovesDone(Shape):
    """How many figures changed, and what lies in the places that were named."""

    changed: int
    items: list[StockShape]


class MoveParams(ListParams):
    """Which lines of the journal."""

    sku: str = Field("", max_length=60, description="Of one variant.")
    place: str = Field("", max_length=40, description="Of one stock place, by its code.")
    product: UUID | None = Field(None, description="Of one product.")


class MoveShape(Shape):
    """Why a stock is what it is: how many came or went, and how many were there afterwards (`left`)."""

    id: UUID
    at: datetime
    variant: UUID
    sku: str
    place: str
    quantity: str
    left: str
    reason: Reason
    note: str
    actor: UUID | None


class MoveList(Shape):
    """A page of the journal."""

    items: list[MoveShape]
    next: str | None
    count: int
    count_is_exact: bool


class StockBody(Body):
    """What is in a place (`set`), or what came in addition (`add`)."""

    sku: str = Field(max_length=60)
    place: str = Field(max_length=40, description="A stock place, by its code.")
    quantity: Decimal = Field(ge=0, max_digits=14, decimal_places=3)
    how: Literal["set", "add"] = "set"
    note: str = Field("", max_length=200)
    as_of: datetime | None = Field(None, description="How old the figure is, where it comes from elsewhere.")
