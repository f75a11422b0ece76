"""What the API of deals takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape

PERSON = "A colleague, by e-mail or id; empty: the assignment rules decide, or nobody."
State = Literal["open", "won", "lost"]


class DealMoneyBody(Body):
    """A sum: decimal text and a currency."""

    amount: Decimal
    currency: str = Field("EUR", max_length=3)


class MoneyShape(Shape):
    """A sum: decimal text and a currency."""

    amount: str
    currency: str


class DealFactsBody(Body):
    """What is said of a deal."""

    title: str = Field("", max_length=200)
    value: DealMoneyBody | None = None
    close_date: date | None = None
    probability: int | None = None
    contact: UUID | None = None
    company: str = Field("", max_length=60)
    product_line: str = Field("", max_length=60)
    area: str = Field("", max_length=60)
    channel: str = Field("", max_length=60)
    source: str = Field("", max_length=80)
    referral_code: str = Field("", max_length=20)
    description: str = Field("", max_length=20_000)
    next_step: str = Field("", max_length=200)
    next_on: date | None = None
    fields: dict[str, Any] = Field({}, description="Custom fields, by name; null takes a value away.")
    owner: str = Field("", description=PERSON)


class DealBody(DealFactsBody):
    """What may be sold to a customer. Without a pipeline it is the first one in use; `stage` is a code."""

    party: UUID
    pipeline: str = ""
    stage: str = ""


class DealChange(DealFactsBody):
    """What changes; `stage` is the code of an open stage of the same pipeline."""

    stage: str = ""


class LossBody(Body):
    """Why it was lost: the name of a reason, in either language, or its id."""

    reason: str = Field(max_length=80)
    note: str = Field("", max_length=500)


class Colleague(Shape):
    """Who has it."""

    id: UUID
    name: str
    email: str


class DealParty(Shape):
    """With whom it is."""

    id: UUID
    kind: Literal["person", "organisation"]
    display_name: str


class DealShape(Shape):
    """A deal. `party` is null when one does not see the customer. `chance` is what counts: somebody's own estimate
    (`probability`), or the stage's.
    """

    id: UUID
    title: str
    party: DealParty | None
    contact: UUID | None
    pipeline: str
    stage: str
    state: State
    value: MoneyShape
    weighted: MoneyShape
    probability: int | None
    chance: int
    close_date: date | None
    owner: Colleague | None
    unit: UUID | None
    company: str
    product_line: str
    area: str
    channel: str
    source: str
    referral_code: str
    description: str
    fields: dict[str, Any]
    next_step: str
    next_on: date | None
    score: int
    is_stale: bool
    loss_reason: str
    loss_note: str
    stage_since: datetime
    last_activity_at: datetime
    closed_at: datetime | None
    closed_on: date | None
    created_at: datetime
    version: int


class DealList(Shape):
    """A page of deals."""

    items: list[DealShape]
    next: str | None
    count: int
    count_is_exact: bool
