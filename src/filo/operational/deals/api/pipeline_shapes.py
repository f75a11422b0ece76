"""What pipelines and their stages look like at the REST API, coming and going."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape, Whole, YesNo
from filo.operational.deals.api.shapes import State
from filo.operational.deals.requirements import REQUIRABLE

REQUIRED = f"What a deal must have to come here: {', '.join(REQUIRABLE)}."
NEXT = "The codes of the stages to which a deal may go from here; empty: to any. Lost is always possible."
ITALIAN, ENGLISH = "The Italian name.", "The English name; empty: the Italian one."


class SequenceBody(Body):
    """All of them in their order, by id; what is not named comes after."""

    ids: list[UUID] = Field(max_length=500)


class PipelineBody(Body):
    """A way of selling; its code is made of its Italian name, its stages are the usual ones."""

    name_it: str = Field(max_length=80, description=ITALIAN)
    name_en: str = Field("", max_length=80, description=ENGLISH)
    company: str = Field("", max_length=60, description="The code of a company; empty: all.")
    product_line: str = Field("", max_length=60, description="The code of a product line; empty: all.")
    archived: YesNo = Field(False, description="Not used for new deals any more.")


class PipelineChange(Body):
    """What changes."""

    name_it: str = Field("", max_length=80, description=ITALIAN)
    name_en: str = Field("", max_length=80, description=ENGLISH)
    company: str = Field("", max_length=60, description="The code of a company; empty: all.")
    product_line: str = Field("", max_length=60, description="The code of a product line; empty: all.")
    archived: YesNo = Field(False, description="Not used for new deals any more.")


class PipelineStageBody(Body):
    """An open stage; its code is made of its Italian name, and it comes behind the other open ones."""

    name_it: str = Field(max_length=80, description=ITALIAN)
    name_en: str = Field("", max_length=80, description=ENGLISH)
    probability: Whole = Field(50, description="In percent.")
    stale_after: Whole = Field(14, description="After so many days without anything a deal is stale; 0: never.")
    required: list[str] = Field([], max_length=20, description=REQUIRED)
    next: list[str] = Field([], max_length=100, description=NEXT)


class PipelineStageChange(Body):
    """What changes; a stage that is won or lost takes names and `required` alone."""

    name_it: str = Field("", max_length=80, description=ITALIAN)
    name_en: str = Field("", max_length=80, description=ENGLISH)
    probability: Whole = Field(50, description="In percent; open deals in this stage follow it.")
    stale_after: Whole = Field(14, description="After so many days without anything a deal is stale; 0: never.")
    required: list[str] = Field([], max_length=20, description=REQUIRED)
    next: list[str] = Field([], max_length=100, description=NEXT)


class StageShape(Shape):
    """A stage. `next` are the codes of the stages to which a deal may go; empty: to any."""

    id: UUID
    code: str
    name: str
    name_it: str
    name_en: str
    kind: State
    probability: int
    stale_after: int
    required: list[str]
    next: list[str]
    version: int


class StageList(Shape):
    """The stages of a pipeline in their order."""

    items: list[StageShape]


class PipelineShape(Shape):
    """A pipeline with its stages in their order."""

    id: UUID
    code: str
    name: str
    name_it: str
    name_en: str
    company: str
    product_line: str
    archived: bool
    stages: list[StageShape]
    version: int


class PipelineList(Shape):
    """A page of pipelines in their order."""

    items: list[PipelineShape]
    next: str | None
    count: int
    count_is_exact: bool
