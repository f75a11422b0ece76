"""What catalogues look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Day, Shape

BY_FILTER = "What stands behind the question mark of a list, or its whole address: `category=Lampade&in_stock=yes`."


Texts = dict[Literal["it", "en"], dict[Literal["name", "description"], str]]


class CatalogueChange(Body):
    """What changes of a catalogue."""

    name: str = Field("", max_length=120)
    description: str = Field("", max_length=10_000)
    company: str | None = Field(None, description="A selling company, by its code; null: all of them.")
    chosen_by: str = Field("", max_length=4_000, description=f"Products by a filter of their list. {BY_FILTER}")
    everybody: bool = False
    for_whom: str = Field("", max_length=4_000, description=f"Customers by a filter of their list. {BY_FILTER}")
    valid_from: Day | None = None
    valid_to: Day | None = None
    texts: Texts = Field(default_factory=dict, description="In other languages; an empty text takes one away.")


class CatalogueBody(CatalogueChange):
    """A catalogue; it is not published yet, and its code is made of its name."""

    name: str = Field(max_length=120)


class CatalogueShape(Shape):
    """A choice of products and whom it is for."""

    id: UUID
    code: str
    name: str
    description: str
    company: str | None
    chosen_by: str
    everybody: bool
    for_whom: str
    valid_from: date | None
    valid_to: date | None
    published: bool
    texts: dict[str, dict[str, str]]
    version: int


class CatalogueLink(Shape):
    """The address that opens a catalogue, once it is published, to whoever has it."""

    link: str


class CatalogueList(Shape):
    """A page of catalogues."""

    items: list[CatalogueShape]
    next: str | None
    count: int
    count_is_exact: bool


class CatalogueItemsBody(Body):
    """Products that are put in by hand, by their ids."""

    products: list[UUID] = Field(min_length=1, max_length=1_000)


class CatalogueItemShape(Shape):
    """A product of a catalogue. `by_hand`: somebody put it in; else a filter chose it."""

    product: UUID
    code: str
    name: str
    by_hand: bool
    shown: bool = Field(description="Whether customers see it today: on sale, and its days have come and not gone.")


class CatalogueItemList(Shape):
    """A page of the products of a catalogue."""

    items: list[CatalogueItemShape]
    next: str | None
    count: int
    count_is_exact: bool


class CatalogueItemsPut(Shape):
    """How many came in; those that were there already stayed."""

    put: int


class CatalogueGuestBody(Body):
    """The customer it is opened to."""

    party: UUID


class CatalogueGuestShape(Shape):
    """A customer it is open to by name."""

    party: UUID
    name: str


class CatalogueGuestList(Shape):
    """A page of guests."""

    items: list[CatalogueGuestShape]
    next: str | None
    count: int
    count_is_exact: bool


class WordParams(Body):
    """Which words."""

    kind: Literal["category", "attribute", "value"] = "category"
    q: str = Field("", max_length=120, description="A part of the word.")


class WordShape(Shape):
    """A category, an attribute or a value as products have it, and what it is called in other languages."""

    kind: str
    word: str
    texts: dict[str, dict[str, str]]


class WordList(Shape):
    """The words in use, 300 at most."""

    items: list[WordShape]


class WordBody(Body):
    """What a word is called in other languages. What is not sent stays, an empty text takes one away; a category may
    be described in the firm's own language too.
    """

    kind: Literal["category", "attribute", "value"]
    word: str = Field(min_length=1, max_length=200)
    texts: Texts


class WordsBody(Body):
    """Words, all of them or none."""

    words: list[WordBody] = Field(min_length=1, max_length=1_000)


class WordsChanged(Shape):
    """How many texts changed."""

    changed: int
