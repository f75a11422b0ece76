"""What happens to prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutList(DomainEvent):
    price_list: UUID

    @property
    def subject(self) -> UUID:
        return self.price_list


@dataclass(frozen=True, kw_only=True)
class PriceListChanged(_AboutList):
    """A price list was made, or for whom and when it holds changed."""

    type: ClassVar[str] = "price-list.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class PricesChanged(_AboutList):
    """Lines of a price list were added, changed or removed: how many."""

    type: ClassVar[str] = "price-list.prices-changed"
    rules: int


@dataclass(frozen=True, kw_only=True)
class DiscountChanged(DomainEvent):
    """A discount that comes by itself was made or changed."""

    type: ClassVar[str] = "discount.changed"
    discount: UUID

    @property
    def subject(self) -> UUID:
        return self.discount


@dataclass(frozen=True, kw_only=True)
class CouponChanged(DomainEvent):
    """A coupon was made or changed."""

    type: ClassVar[str] = "coupon.changed"
    coupon: UUID

    @property
    def subject(self) -> UUID:
        return self.coupon
