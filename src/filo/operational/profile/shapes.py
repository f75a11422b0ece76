"""What the API takes and gives about what is known of customers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape, Whole

Source = Literal["mail", "chat", "assistant", "order", "portal", "colleague", "import"]
SourceTold = Literal["mail", "chat", "assistant", "order", "colleague", "import"]


class TraitBody(Body):
    """A fact. value: the code or a label of an answer, words, a whole number, or two days. That he said it in his area
    (portal) only his area itself says.
    """

    kind: str = Field(max_length=40)
    value: str | Whole = Field(description="Words, an answer, a whole number, or 2026-07-01/2026-07-15.")
    source: SourceTold = "colleague"
    confidence: float = Field(1.0, ge=0, le=1)
    said: str = Field("", max_length=500, description="The customer's own words.")


class TraitShape(Shape):
    """A fact about a customer."""

    id: UUID
    kind: str
    value: str
    label: str
    said: str
    source: Source
    confidence: float
    learned_at: datetime
    confirmed_at: datetime | None


class TraitList(Shape):
    """What holds now."""

    items: list[TraitShape]
