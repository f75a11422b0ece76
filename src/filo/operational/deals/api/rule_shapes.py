"""What rules of scoring and of assignment look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape, Whole, YesNo
from filo.operational.deals.api.pipeline_shapes import ENGLISH, ITALIAN
from filo.operational.deals.api.shapes import Colleague
from filo.operational.deals.score import BEHAVIOURS, FIT_FIELDS

FIELD = f"For fit: {', '.join(FIT_FIELDS)}. For behaviour: {', '.join(BEHAVIOURS)}."
PIPELINE = "The code of a pipeline; empty: all."
PROVINCES = "Provinces, or beginnings of postal codes: `MI MB 201`."
PEOPLE = "Colleagues, by e-mail or id, in their order."
Looks = Literal["fit", "behaviour"]
Operator = Literal["is", "is-not", "contains", "more", "less", "set", "empty"]
Gives = Literal["deals", "customers", "both"]
Shares = Literal["turns", "load"]
Spoken = Literal["", "it", "en"]


class _ScoreFacts(Body):
    name_en: str = Field("", max_length=80, description=ENGLISH)
    pipeline: str = Field("", max_length=60, description=PIPELINE)
    operator: Operator = "is"
    value: str = Field("", max_length=200, description="What it is compared with.")
    within_days: Whole = Field(90, description="For behaviour: what happened in so many days, 1 to 999.")
    half_life: Whole = Field(30, description="For behaviour: after each so many days it counts half, 1 to 999.")
    most: Whole = Field(30, description="For behaviour: all of it together gives at most so many, 1 to 100.")
    active: YesNo = True


class ScoreRuleBody(_ScoreFacts):
    """What gives points to a deal: what it is, or what happens with its customer."""

    name_it: str = Field(max_length=80, description=ITALIAN)
    way: Looks = "fit"
    field: str = Field(max_length=60, description=FIELD)
    points: Whole = Field(description="-100 to 100.")


class ScoreRuleChange(_ScoreFacts):
    """What changes."""

    name_it: str = Field("", max_length=80, description=ITALIAN)
    way: Looks = "fit"
    field: str = Field("", max_length=60, description=FIELD)
    points: Whole = Field(0, description="-100 to 100.")


class ScoreRuleShape(Shape):
    """What gives points to a deal."""

    id: UUID
    name: str
    name_it: str
    name_en: str
    way: Looks
    pipeline: str
    field: str
    operator: Operator
    value: str
    points: int
    within_days: int
    half_life: int
    most: int
    active: bool
    version: int


class ScoreRuleList(Shape):
    """A page of rules in their order."""

    items: list[ScoreRuleShape]
    next: str | None
    count: int
    count_is_exact: bool


class _SoughtFacts(Body):
    pipeline: str = Field("", max_length=60)
    company: str = Field("", max_length=60)
    product_line: str = Field("", max_length=60)
    area: str = Field("", max_length=60)
    channel: str = Field("", max_length=60)


class _AssignmentFacts(_SoughtFacts):
    gives: Gives = Field("deals", description="Deals that nobody was named for, new customers whom nobody follows.")
    provinces: str = Field("", max_length=300, description=PROVINCES)
    language: Spoken = ""
    min_score: Whole | None = Field(None, description="Deals of at least so many points, -100 to 100.")
    people: list[str] = Field([], max_length=200, description=PEOPLE)
    way: Shares = Field("turns", description="In turn, or whoever has fewest open deals (or leads).")
    unit: str = Field("", max_length=60, description="The code of a unit; empty: that of the person.")
    active: YesNo = True


class AssignmentRuleBody(_AssignmentFacts):
    """Who gets what is like this; what is empty does not matter. Places are codes."""

    name: str = Field(max_length=120)


class AssignmentRuleChange(_AssignmentFacts):
    """What changes."""

    name: str = Field("", max_length=120)


class AssignmentRuleShape(Shape):
    """Who gets what is like this; what is empty does not matter."""

    id: UUID
    name: str
    gives: Gives
    pipeline: str
    company: str
    product_line: str
    area: str
    channel: str
    provinces: str
    language: Spoken
    min_score: int | None
    people: list[Colleague]
    way: Shares
    unit: str
    active: bool
    version: int


class AssignmentRuleList(Shape):
    """A page of rules in their order: the first that fits decides."""

    items: list[AssignmentRuleShape]
    next: str | None
    count: int
    count_is_exact: bool


class SoughtBody(_SoughtFacts):
    """A deal that does not exist, to see who would get it."""

    province: str = Field("", max_length=60)
    postal_code: str = Field("", max_length=10)
    language: Spoken = ""
    score: Whole = 0


class WouldGetShape(Shape):
    """Who would get it now: a person, or a unit alone; `then` are those who come after. `rule` is null where none
    fits.
    """

    rule: UUID | None
    rule_name: str
    person: Colleague | None
    unit: str
    then: list[Colleague]


class DecisionShape(Shape):
    """What a rule decided, and what it looked at. `deal` and `sought` are null where one does not see the deal."""

    id: UUID
    at: datetime
    rule: UUID | None
    rule_name: str
    deal: UUID | None
    person: Colleague | None
    unit: str
    sought: dict[str, Any] | None


class DecisionList(Shape):
    """A page of decisions, the latest first."""

    items: list[DecisionShape]
    next: str | None
    count: int
    count_is_exact: bool
