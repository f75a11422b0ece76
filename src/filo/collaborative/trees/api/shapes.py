"""What trees look like at the API: bodies and answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape, YesNo

Audience = Literal["public", "customers", "internal", "assistant"]
Kind = Literal["question", "article", "message", "action", "goods"]
Said = dict[Literal["it", "en"], str]


class TreeBody(Body):
    """A tree as `GET /trees/{id}` gives it and a file holds it; articles by their codes or ids."""

    filo: str = Field("tree/1", max_length=20)
    name: str = Field(max_length=120)
    code: str = Field("", max_length=80)
    audience: Audience = "public"
    texts: dict[str, Any] = Field({}, description="By language: title, intro, words.")
    start: str = Field("", max_length=40)
    nodes: list[Any] = Field(
        [],
        description="Nodes: id, kind, text, answers (id, text, to, value), article, action, next, fills, filter.",
    )


class AnswerBody(Body):
    """Where the walk stands, and how it goes on: an answer of a question, or none past an article or a message."""

    node: str = Field(max_length=40)
    answer: str = Field("", max_length=40)
    helped: YesNo | None = Field(
        None, description="At an article or a message: whether it helped. It goes on only after a no."
    )


class TitleShape(Shape):
    """What it is called in one language."""

    title: str
    intro: str
    words: str


class AnswerShape(Shape):
    """A way on: `to` is the node that it leads to."""

    id: str
    text: Said
    to: str
    value: str


class NodeShape(Shape):
    """A node; `article` is the code of one; `fills` and `filter` are of trees for the shop assistant."""

    id: str
    kind: Kind
    text: Said
    answers: list[AnswerShape]
    article: str
    action: Literal["", "ticket", "person"]
    next: str
    fills: str
    filter: str
    x: int
    y: int


class TreeLine(Shape):
    """A tree in a list. `published` is the number of the state that is walked, null where none is."""

    id: UUID
    name: str
    code: str
    audience: Audience
    published: int | None
    changed_since: bool
    updated_at: datetime
    version: int


class TreeShape(TreeLine):
    """A tree as it is drawn (for who only walks trees: as it is walked), and what has to be mended in it."""

    texts: dict[Literal["it", "en"], TitleShape]
    start: str
    nodes: list[NodeShape]
    problems: list[str]


class TreeList(Shape):
    """A page of trees."""

    items: list[TreeLine]
    next: str | None
    count: int
    count_is_exact: bool


class WayShape(Shape):
    """An answer that can be chosen."""

    id: str
    text: str


class ToldShape(Shape):
    """The article that answers; `holds` says whether it does today."""

    code: str
    title: str
    answer: str
    valid_from: date | None
    valid_to: date | None
    holds: bool


class PassedShape(Shape):
    """What was asked before, and what was answered."""

    node: str
    asked: str
    chosen: str


class StepShape(Shape):
    """Where a walk stands, in the language that was asked for. At an end (`is_end`) one only says whether it helped."""

    walk: UUID
    node: str
    kind: Kind
    text: str
    action: Literal["", "ticket", "person"]
    answers: list[WayShape]
    article: ToldShape | None
    passed: list[PassedShape]
    number: int
    of: int
    is_end: bool
    helped: bool | None
