"""What the engine is asked and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from filo.foundation.money import ZERO
from filo.operational.prices.sums import Totals


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of a variant. `unit_price`, `discounts`: set by hand, in place of what the engine would say."""

    variant_id: UUID
    quantity: Decimal
    unit_price: Decimal | None = None
    discounts: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Who buys from which company, where and when; what is None is not known and meets only what names none.

    `gross`: whether the answer's prices hold VAT (None: they do if every line's winning list has them with VAT).
    `list_id`: this list and no other, if it is to be said by hand. `used_for`: what coupons were used for already; they
    hold for it as they did then. `coupons_on`: the day of which coupons are asked, if it is not `day`.
    """

    company_id: UUID | None
    day: date
    party_id: UUID | None = None
    channel_id: UUID | None = None
    area_id: UUID | None = None
    customer_class: str = ""
    currency: str = "EUR"
    language: str = "it"
    gross: bool | None = None
    coupons: tuple[str, ...] = ()
    list_id: UUID | None = None
    used_for: UUID | None = None
    coupons_on: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a price is what it is: `kind` (base, list, hand, discount, coupon, rate), its code and name, what it did
    (`{"price": "12.50"}`, `{"percent": "10"}`), and whether it `won` or why it did not (`lost`: a code).
    """

    kind: str
    code: str
    name: str
    did: dict[str, str] = field(default_factory=dict)
    won: bool = True
    lost: str = ""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its price, ready to be put on a document (`prices.document.DocumentLine` has the same fields)."""

    variant_id: UUID
    code: str
    description: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    discounts: str
    vat_rate: Decimal
    nature: str
    amount: Decimal
    cost: Decimal | None
    reasons: tuple[Reason, ...]
    off: Decimal = ZERO

    @property
    def told(self) -> list[dict[str, object]]:
        """The reasons as a document keeps them."""
        return [asdict(reason) for reason in self.reasons]


@dataclass(frozen=True, slots=True)
class CouponSaid:
    """What became of a coupon: how much it takes off, or why nothing (`refused`: a sentence)."""

    code: str
    coupon_id: UUID | None = None
    off: Decimal = ZERO
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Priced:
    """The answer for a basket."""

    currency: str
    gross: bool
    lines: Sequence[PricedLine]
    totals: Totals
    coupons: Sequence[CouponSaid] = ()
