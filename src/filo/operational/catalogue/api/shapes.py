"""What products and stock look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape

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
    unit: str = Field("pc", max_length=8)
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


class StockShape(Shape):
    """How many of a variant are in a place, how many of them are promised to orders, how many are free."""

    variant: UUID
    sku: str
    place: str
    on_hand: str
    reserved: str
    free: str
    as_of: datetime | None


class StockList(Shape):
    """A page of stock."""

    items: list[StockShape]
    next: str | None
    count: int
    count_is_exact: bool


class StockBody(Body):
    """What is in a place (`set`), or what came in addition (`add`)."""

    sku: str = Field(max_length=60)
    place: str = Field(max_length=40, description="A stock place, by its code.")
    quantity: Decimal = Field(ge=0, max_digits=14, decimal_places=3)
    how: Literal["set", "add"] = "set"
    note: str = Field("", max_length=200)
    as_of: datetime | None = Field(None, description="How old the figure is, where it comes from elsewhere.")
