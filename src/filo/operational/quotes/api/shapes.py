"""What quotes look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape

Language = Literal["it", "en"]


class LineBody(Body):
    """A line. With a `sku` the price engine says what is left out; without one, words and price are needed."""

    id: UUID | None = None
    sku: str = Field("", max_length=60)
    description: str = Field("", max_length=1000)
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    discounts: str | None = Field(None, max_length=60)
    vat_rate: Decimal = Decimal(22)
    nature: str = Field("", max_length=4)
    optional: bool = False
    heading: bool = False


class QuoteBody(Body):
    """A quote for a customer."""

    party: UUID
    company: str = Field("", description="A selling company, by its code.")
    deal: UUID | None = None
    title: str = Field("", max_length=200)
    valid_until: date | None = None
    language: Language | None = None
    currency: str | None = Field(None, max_length=3)
    payment_terms: str = Field("", max_length=300)
    delivery_terms: str = Field("", max_length=300)
    notes: str = Field("", max_length=20_000)
    lines: list[LineBody] = Field(default_factory=list, max_length=500)


class QuoteChange(Body):
    """What changes of a draft; `lines` are all of them."""

    title: str = Field("", max_length=200)
    valid_until: date | None = None
    language: Language = "it"
    currency: str = Field("EUR", max_length=3)
    payment_terms: str = Field("", max_length=300)
    delivery_terms: str = Field("", max_length=300)
    notes: str = Field("", max_length=20_000)
    internal_note: str = Field("", max_length=20_000)
    lines: list[LineBody] = Field(default_factory=list, max_length=500)


class SendBody(Body):
    """To which address; empty: it was handed over by other means."""

    to: str = Field("", max_length=320)
    message: str = Field("", max_length=5_000)


class AcceptBody(Body):
    """Who accepted, and how; the optional lines that he takes."""

    name: str = Field(max_length=120)
    note: str = Field(max_length=500)
    chosen: list[UUID] | None = None


class RejectBody(Body):
    """Why not."""

    reason: str = Field(max_length=500)


class MoneyShape(Shape):
    """A sum in a currency."""

    amount: str
    currency: str


class LineShape(Shape):
    """A line with its price as it was told."""

    id: UUID
    sku: str
    description: str
    quantity: str
    unit: str
    unit_price: str
    discounts: str
    vat_rate: str
    nature: str
    amount: str
    optional: bool
    chosen: bool
    heading: bool


class QuoteShape(Shape):
    """A quote. `party` is null for a customer whom one does not see; `number` is empty until it is sent."""

    id: UUID
    number: str
    revision: int
    state: str
    title: str
    party: dict[str, Any] | None
    company: str
    deal: UUID | None
    owner: dict[str, Any] | None
    valid_until: date
    language: str
    gross: bool
    net: MoneyShape
    vat: MoneyShape
    total: MoneyShape
    payment_terms: str
    delivery_terms: str
    notes: str
    created_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    reject_reason: str
    views: int
    public_url: str
    lines: list[LineShape] | None
    version: int


class QuoteList(Shape):
    """A page of quotes, without their lines."""

    items: list[QuoteShape]
    next: str | None
    count: int
    count_is_exact: bool
