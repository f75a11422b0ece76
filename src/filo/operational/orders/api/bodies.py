"""What is sent about orders at the REST API."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Day, Whole, YesNo

Language = Literal["it", "en"]
Quantities = dict[UUID, Decimal]


class OrderLineBody(Body):
    """A line. With a `sku` the price engine says what is left out; without one, words and price are needed."""

    id: UUID | None = Field(None, description="A line that stands already; for changes only.")
    sku: str = Field("", max_length=60)
    description: str = Field("", max_length=1000)
    quantity: Decimal = Decimal(1)
    unit: str = Field("", max_length=10)
    unit_price: Decimal | None = None
    discounts: str | None = Field(None, max_length=60)
    vat_rate: Decimal = Decimal(22)
    nature: str = Field("", max_length=4)


class OrderChange(Body):
    """What changes of an order; `lines` are all of them."""

    currency: str = Field("EUR", max_length=3)
    gross: YesNo = False
    language: Language = "it"
    coupons: list[str] = Field(default_factory=list, max_length=10)
    bill_party: UUID | None = None
    ship_party: UUID | None = None
    bill_to: list[str] = Field(default_factory=list, max_length=8, description="Name and address, line by line.")
    ship_to: list[str] = Field(default_factory=list, max_length=8, description="Name and address, line by line.")
    promised_date: Day | None = None
    payment_terms: str = Field("", max_length=300)
    reference: str = Field("", max_length=80, description="What the customer calls it.")
    notes: str = Field("", max_length=20_000)
    internal_note: str = Field("", max_length=20_000)
    mail_to: str = Field("", max_length=320)
    lines: list[OrderLineBody] = Field(default_factory=list, max_length=500)


class OrderBody(OrderChange):
    """An order of a customer; what is left out is as his relationship has it."""

    party: UUID
    company: str = Field("", description="A selling company, by its code.")


class ConfirmBody(Body):
    """What is to be done where the stock is short: refuse the whole, wait, or take the part that is there."""

    short: Literal["refuse", "wait", "part"] = "refuse"


class ShipBody(Body):
    """How many of which line, by its id; without it everything that is left. `carrier` by its name."""

    lines: Quantities | None = Field(None, max_length=500)
    carrier: str = Field("", max_length=80)
    tracking: str = Field("", max_length=80)
    parcels: Whole = Field(1, ge=1, le=9999)
    weight: Decimal | None = Field(None, description="Of all parcels, in kilograms.")
    cause: Literal["sale", "sample", "trial", "loan", "repair", "replacement"] = "sale"
    note: str = Field("", max_length=300)
    expected: Day | None = None


class DeliverBody(Body):
    """Which shipment; without it all of them."""

    shipment: UUID | None = None


class NotDeliveredBody(Body):
    """Which shipment."""

    shipment: UUID


class CancelBody(Body):
    """Why."""

    reason: str = Field("", max_length=300)


class ReturnBody(Body):
    """How many of which line, by its id; without it all that the customer has. restock: they can be sold again."""

    lines: Quantities | None = Field(None, max_length=500)
    reason: str = Field("", max_length=300)
    restock: YesNo = True
