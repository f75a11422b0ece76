"""What is asked and answered when a basket is priced."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Shape


class WantedBody(Body):
    """So many of one variant; a price or discounts (`10+5`) said here stand in place of all rules."""

    sku: str = Field(max_length=60)
    quantity: Decimal = Field(max_digits=14, decimal_places=3)
    unit_price: Decimal | None = Field(None, max_digits=16, decimal_places=6)
    discounts: str | None = Field(None, max_length=60)


class BasketBody(Body):
    """Who buys what from whom, when and in which currency."""

    lines: list[WantedBody] = Field(max_length=500)
    party: UUID | None = None
    company: str = Field("", description="By its code; empty: any.")
    channel: str = Field("", description="By its code; empty: the customer's usual one.")
    day: date | None = None
    currency: str = Field("EUR", min_length=3, max_length=3)
    gross: bool | None = Field(None, description="Whether prices include VAT; null: as the lists say that win.")
    coupons: list[str] = Field([], max_length=10)


class MoneyShape(Shape):
    """A sum in a currency."""

    amount: str
    currency: str


class PriceReasonShape(Shape):
    """Why: who won, who lost, and why."""

    kind: str
    code: str
    title: str
    what: str
    won: bool
    lost: str
    why: str


class PricedLineShape(Shape):
    """A line with its price."""

    sku: str
    description: str
    quantity: str
    unit: str
    unit_price: MoneyShape
    discounts: str
    off: MoneyShape
    vat_rate: str
    nature: str
    amount: MoneyShape
    reasons: list[PriceReasonShape]


class CouponSaidShape(Shape):
    """What became of a coupon."""

    code: str
    off: MoneyShape
    refused: str


class BasketShape(Shape):
    """The answer for a basket."""

    gross: bool
    lines: list[PricedLineShape]
    net: MoneyShape
    vat: MoneyShape
    total: MoneyShape
    coupons: list[CouponSaidShape]
