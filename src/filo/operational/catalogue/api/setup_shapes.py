"""What is set up about products, and what hangs on one, at the REST API, coming and going."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape

Relation = Literal["accessory", "alternative", "better", "successor"]


class VatChange(Body):
    """What changes of a VAT class."""

    name: str = Field("", max_length=120)
    rate: Decimal = Field(Decimal(0), ge=0, le=100, max_digits=5, decimal_places=2, description="In percent.")
    nature: str = Field("", max_length=4, description="Where the rate is zero: N1 to N7 of FatturaPA.")
    law: str = Field("", max_length=100)
    position: int = Field(0, ge=0, le=1000)
    active: bool = True


class VatBody(VatChange):
    """A VAT class."""

    name: str = Field(max_length=120)
    rate: Decimal = Field(ge=0, le=100, max_digits=5, decimal_places=2, description="In percent.")
    code: str = Field("", max_length=20, pattern=r"^[-a-zA-Z0-9_]*$", description="Made of the name if empty.")


class VatShape(Shape):
    """A rate of VAT in percent, or why there is none."""

    id: UUID
    code: str
    name: str
    rate: str
    nature: str
    law: str
    position: int
    active: bool
    version: int


class VatList(Shape):
    """A page of VAT classes."""

    items: list[VatShape]
    next: str | None
    count: int
    count_is_exact: bool


class PlaceChange(Body):
    """What changes of a stock place."""

    name: str = Field("", max_length=120)
    company: str | None = Field(None, description="A selling company, by its code; null: all of them.")
    position: int = Field(0, ge=0, le=1000, description="Orders are served from the first that has everything.")
    active: bool = True


class PlaceBody(PlaceChange):
    """A warehouse or a shop."""

    name: str = Field(max_length=120)
    code: str = Field("", max_length=40, pattern=r"^[-a-zA-Z0-9_]*$", description="Made of the name if empty.")


class PlaceShape(Shape):
    """A warehouse or a shop."""

    id: UUID
    code: str
    name: str
    company: str | None
    position: int
    active: bool
    version: int


class PlaceList(Shape):
    """A page of stock places."""

    items: list[PlaceShape]
    next: str | None
    count: int
    count_is_exact: bool


class PictureForm(Body):
    """What is on a new picture, in words."""

    words: str = Field("", max_length=200)


class PictureChange(Body):
    """What is on a picture, in words."""

    words: str = Field(max_length=200)


class PictureOrder(Body):
    """Pictures in their order; those that are not named follow."""

    images: list[UUID] = Field(max_length=200)


class PictureShape(Shape):
    """A picture of a product; the first is the one that lists show. `file` is where it is fetched."""

    id: UUID
    words: str
    position: int
    media_type: str
    size: int
    file: str


class PictureList(Shape):
    """The pictures of a product, in their order."""

    items: list[PictureShape]


class RelatedBody(Body):
    """Another product that goes with it."""

    other: UUID
    kind: Relation


class RelatedShape(Shape):
    """A product that goes with this one as its accessory, alternative, step up or successor."""

    other: UUID
    code: str
    name: str
    kind: Relation


class RelatedList(Shape):
    """What goes with a product."""

    items: list[RelatedShape]
