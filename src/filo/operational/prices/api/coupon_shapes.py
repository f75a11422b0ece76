"""What the API takes and gives about coupons."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from filo.foundation.rest.schemas import Shape, Whole, YesNo
from filo.operational.prices.api.baskets import MoneyShape
from filo.operational.prices.api.scoped import AmountBody, ScopeBody, ScopeShape


class _Terms(ScopeBody):
    name: str = Field("", max_length=120, description="What it is for.")
    percent: Decimal | None = Field(None, max_digits=5, decimal_places=2, description="Off the whole; or an `amount`.")
    amount: AmountBody | None = None
    min_total: AmountBody | None = Field(None, description="From what total on; null: from any.")
    once_each: YesNo = Field(True, description="Once for each customer.")


class CouponBody(_Terms):
    """A coupon: a percentage or an amount off."""

    code: str = Field(max_length=40, description="Compared without its case, spaces and signs.")
    limit: Whole | None = Field(None, description="How often in all; null: as often as one likes.")


class CouponChange(CouponBody):
    """What changes."""

    code: str = Field("", max_length=40)


class SeriesBody(_Terms):
    """Many coupons, each with a code of its own that nobody guesses, to be used once."""

    stem: str = Field(max_length=20, description="Codes begin with it; it is the name of the series.")
    count: Whole = Field(description="How many, 1 to 10,000.")


class CouponShape(ScopeShape):
    """A coupon and how often it was used."""

    code: str
    name: str
    series: str
    percent: str | None
    amount: MoneyShape | None
    currency: str
    min_total: MoneyShape
    once_each: bool
    limit: int | None
    used: int
    left: int | None = Field(description="How often it can still be used; null: without end.")


class CouponList(Shape):
    """A page of coupons."""

    items: list[CouponShape]
    next: str | None
    count: int
    count_is_exact: bool


class SeriesShape(Shape):
    """The codes that were made."""

    series: str
    count: int
    codes: list[str]
