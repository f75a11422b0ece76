"""What the API takes and gives about prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape

Means = Literal["price", "percent", "markup"]
CODE = "By its code; empty: any."


class PriceListBody(Body):
    """A price list; what is not said is any."""

    name: str = Field(max_length=120)
    code: str = Field("", max_length=60, pattern=r"^[-a-zA-Z0-9_]*$", description="Made of the name if empty.")
    currency: str = Field("EUR", min_length=3, max_length=3)
    gross: bool = Field(False, description="Its prices include VAT.")
    cascade: bool = Field(True, description="Other discounts may come on top.")
    active: bool = True
    company: str = Field("", description=CODE)
    channel: str = Field("", description=CODE)
    area: str = Field("", description=CODE)
    customer_class: str = Field("", max_length=40)
    party: UUID | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    priority: int = Field(0, ge=-1000, le=1000)


class PriceListChange(PriceListBody):
    """What changes."""

    name: str = Field("", max_length=120)


class PriceListShape(Shape):
    """For whom a list is and when it holds."""

    id: UUID
    code: str
    name: str
    currency: str
    gross: bool
    cascade: bool
    active: bool
    company: str
    channel: str
    area: str
    customer_class: str
    party: UUID | None
    valid_from: date | None
    valid_to: date | None
    priority: int
    lines: int
    version: int


class PriceListList(Shape):
    """A page of price lists."""

    items: list[PriceListShape]
    next: str | None
    count: int
    count_is_exact: bool


class RuleBody(Body):
    """One line of a list: of one variant (`sku`), of a product (its code), of a category, of a product line (its code),
    or of everything. Without a `value` the line goes.
    """

    sku: str = Field("", max_length=60)
    product: str = Field("", max_length=60)
    category: str = Field("", max_length=120)
    product_line: str = Field("", max_length=60)
    min_quantity: Decimal = Field(Decimal(1), gt=0, max_digits=14, decimal_places=3)
    means: Means = "price"
    value: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=4)
    valid_from: date | None = None
    valid_to: date | None = None


class RulesBody(Body):
    """Lines, each in place of what the list said about the same from the same quantity on."""

    rules: list[RuleBody] = Field(max_length=5000)


class RuleShape(Shape):
    """One line of a list."""

    id: UUID
    sku: str
    product: str
    category: str
    product_line: str
    min_quantity: str
    means: Means
    value: str
    valid_from: date | None
    valid_to: date | None


class RuleList(Shape):
    """A page of the lines of a list."""

    items: list[RuleShape]
    next: str | None
    count: int
    count_is_exact: bool


class RulesWritten(Shape):
    """How many lines changed."""

    changed: int
