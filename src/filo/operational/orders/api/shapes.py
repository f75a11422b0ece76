"""What orders look like at the REST API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from filo.foundation.rest.schemas import Shape


class OrderMoneyShape(Shape):
    """A sum in a currency."""

    amount: str
    currency: str


class OrderLineShape(Shape):
    """A line with its price as it was told. waiting: how many of it are not in stock yet."""

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
    shipped: str
    returned: str
    waiting: str


class ShipmentLineShape(Shape):
    """How many of a line left."""

    line: UUID
    quantity: str


class ShipmentShape(Shape):
    """What left together; `number` is that of its delivery note. weight: in kilograms."""

    id: UUID
    number: str
    carrier: str
    tracking: str
    tracking_url: str
    parcels: int
    weight: str | None
    cause: str
    note: str
    shipped_at: datetime
    expected: date | None
    delivered_at: datetime | None
    lines: list[ShipmentLineShape]


class OrderShape(Shape):
    """An order. A customer whom one does not see is null, and so is his address; a draft has no `number` yet."""

    id: UUID
    number: str
    state: str
    source: str
    party: dict[str, Any] | None
    bill_party: dict[str, Any] | None
    ship_party: dict[str, Any] | None
    bill_to: list[str]
    ship_to: list[str]
    mail_to: str
    company: str
    quote: UUID | None
    owner: dict[str, Any] | None
    currency: str
    gross: bool
    language: str
    coupons: list[str]
    net: OrderMoneyShape
    vat: OrderMoneyShape
    total: OrderMoneyShape
    payment_terms: str
    reference: str
    notes: str
    internal_note: str
    waits: bool
    promised_date: date | None
    created_at: datetime
    confirmed_at: datetime | None
    closed_reason: str
    lines: list[OrderLineShape] | None
    shipments: list[ShipmentShape] | None
    version: int


class OrderList(Shape):
    """A page of orders, without their lines and shipments."""

    items: list[OrderShape]
    next: str | None
    count: int
    count_is_exact: bool
