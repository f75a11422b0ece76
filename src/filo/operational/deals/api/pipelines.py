"""What pipelines look like at the REST API."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.rest.schemas import Shape
from filo.operational.deals.api.shapes import State


class StageShape(Shape):
    """A stage. `next` are the codes of the stages to which a deal may go; empty: to any."""

    code: str
    name: str
    kind: State
    probability: int
    stale_after: int
    required: list[str]
    next: list[str]


class PipelineShape(Shape):
    """A pipeline with its stages in their order."""

    id: UUID
    code: str
    name: str
    company: str
    product_line: str
    archived: bool
    stages: list[StageShape]


class PipelineList(Shape):
    """All pipelines."""

    items: list[PipelineShape]
