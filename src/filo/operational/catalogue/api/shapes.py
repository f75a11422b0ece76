"""What products look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape, YesNo

Condition = Literal["new", "limited", "second-hand"]
Status = Literal["draft", "active", "retired"]


class Amount(Body):
    """A sum of money."""

    amount: Decimal = Field(ge=0, max_digits=14, decimal_places=4)
    currency: str = Field("EUR", min_length=3, max_length=3)


class VariantBody(Body):
    """A variant; in a change the one with this `id` or `sku` is meant, others are new."""

    id: UUID | None = None
    sku: str = Field("", max_length=60)
    barcode: str = Field("", max_length=20)
    values: dict[str, str] = Field(default_factory=dict)
    price: Amount | None = None
    cost: Amount | None = None
    weight: Decimal | None = Field(None, ge=0)
    active: bool = True


class ProductBody(Body):
    """A product; without variants it has one, with the product's code."""

    code: str = Field("", max_length=60)
    name: str = Field("", max_length=200)
    description: str = Field("", max_length=20_000)
    brand: str = Field("", max_length=80)
    category: str = Field("", max_length=120)
    company: str | None = Field(None, description="A selling company, by its code; null: all of them.")
    line: str | None = Field(None, description="A product line, by its code.")
    vat: str | None = Field(None, description="A VAT class, by its code; without one the first.")
    unit: str = Field("pc", max_length=8, description="pc, pair, set, m, m2, kg, l, h, day or month.")
    condition: Condition = "new"
    status: Status = "active"
    attributes: list[str] = Field(default_factory=list, max_length=6)
    facts: dict[str, str] = Field(default_factory=dict)
    stocked: bool = True
    low_at: int | None = Field(None, ge=0)
    reserved: bool = False
    visible_from: date | None = None
    visible_until: date | None = None
    texts: dict[Literal["it", "en"], dict[Literal["name", "description"], str]] = Field(default_factory=dict)
    variants: list[VariantBody] = Field(default_factory=list, max_length=1_000)


class ManyBody(Body):
    """The same status for many products, or the same eyes: `ids`, or all that a list with `filter` and `q` finds."""

    ids: list[UUID] | None = Field(None, max_length=5_000)
    filter: dict[str, Any] | None = Field(None, description="A tree of conditions, as in lists.")
    q: str = Field("", max_length=120)
    status: Status | None = None
    reserved: YesNo | None = Field(None, description="In reserved catalogues only; false: shown to all customers.")


class ManyShape(Shape):
    """How many changed, whether more are to be changed by asking again, and what takes it back."""

    changed: int
    more: bool
    operation: UUID | None


class AmountShape(Shape):
    """A sum of money."""

    amount: str
    currency: str


class VariantShape(Shape):
    """A variant. `cost` is null for who may not see it; `on_hand` and `free` are null for what is not stocked."""

    id: UUID
    sku: str
    barcode: str
    values: dict[str, str]
    price: AmountShape | None
    cost: AmountShape | None
    weight: str | None
    active: bool
    on_hand: str | None
    free: str | None


class ProductShape(Shape):
    """A product with its variants."""

    id: UUID
    code: str
    name: str
    description: str
    brand: str
    category: str
    company: str | None
    line: str | None
    vat: str
    vat_rate: str
    unit: str
    condition: Condition
    status: Status
    attributes: list[str]
    facts: dict[str, str]
    stocked: bool
    low_at: int | None
    reserved: bool
    visible_from: date | None
    visible_until: date | None
    texts: dict[str, dict[str, str]]
    variants: list[VariantShape]
    created_at: datetime
    updated_at: datetime
    version: int


class ProductList(Shape):
    """A page of products."""

    items: list[ProductShape]
    next: str | None
    count: int
    count_is_exact: bool
