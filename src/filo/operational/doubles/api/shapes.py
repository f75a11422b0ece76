"""What the API takes and gives about doubles and merges."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Day, Shape

Side = Literal["kept", "absorbed", "both"]


class AlikeParty(Shape):
    """One card of a pair."""

    id: UUID
    kind: Literal["person", "organisation"]
    display_name: str


class AlikeReasonShape(Shape):
    """What a field says: `bits` above 0 for one customer, below 0 against."""

    field: str
    level: str
    words: str
    bits: float


class PairShape(Shape):
    """Two cards that may be one customer."""

    id: UUID
    parties: list[AlikeParty]
    probability: float
    reasons: list[AlikeReasonShape]
    state: Literal["open", "two"]
    found_at: datetime


class PairList(Shape):
    """A page of pairs."""

    items: list[PairShape]
    next: str | None
    count: int
    count_is_exact: bool


class CandidateShape(Shape):
    """A card that may be whom one is about to write down."""

    party: AlikeParty
    probability: float
    reasons: list[AlikeReasonShape]


class CheckPoint(Body):
    """A number or address by which somebody is reached."""

    type: Literal["email", "pec", "phone", "mobile", "fax", "web", "social"]
    value: str = Field(max_length=320)


class CheckPlace(Body):
    """Where somebody is."""

    street: str = Field("", max_length=200)
    postal_code: str = Field("", max_length=16)
    city: str = Field("", max_length=120)


class CheckBody(Body):
    """What one knows of somebody; nothing is written."""

    kind: Literal["person", "organisation"] = "person"
    given_name: str = Field("", max_length=120)
    family_name: str = Field("", max_length=120)
    legal_name: str = Field("", max_length=260)
    vat_number: str = Field("", max_length=32)
    codice_fiscale: str = Field("", max_length=32)
    birth_date: Day | None = None
    contact_points: list[CheckPoint] = Field(default_factory=list, max_length=60)
    addresses: list[CheckPlace] = Field(default_factory=list, max_length=30)


class PartiesMergeBody(Body):
    """Which card stays, which becomes part of it, and which of two differing facts stays (`kept` where not said)."""

    kept: UUID
    absorbed: UUID
    choices: dict[str, Side] = Field(default_factory=dict)


class PartBody(Body):
    """What came since and goes to the card that stands up again: ids of timeline entries and contact points."""

    to_absorbed: list[UUID] = Field(default_factory=list, max_length=500)


class MergeShape(Shape):
    """A merge, and when it was taken back."""

    id: UUID
    kept: AlikeParty
    absorbed: AlikeParty
    at: datetime
    actor: str
    undone_at: datetime | None


class MergeList(Shape):
    """A page of merges."""

    items: list[MergeShape]
    next: str | None
    count: int
    count_is_exact: bool
