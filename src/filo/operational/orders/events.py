"""What happens to orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutOrder(DomainEvent):
    order: UUID
    party: UUID

    @property
    def subject(self) -> UUID:
        return self.order


@dataclass(frozen=True, kw_only=True)
class OrderDrafted(_AboutOrder):
    """An order is being written."""

    type: ClassVar[str] = "order.drafted"
    source: str


@dataclass(frozen=True, kw_only=True)
class OrderChanged(_AboutOrder):
    """Something about an order changed."""

    type: ClassVar[str] = "order.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class OrderConfirmed(_AboutOrder):
    """An order is accepted: it has a number, and stock is promised to it. `total` is decimal text."""

    type: ClassVar[str] = "order.confirmed"
    number: str
    total: str
    currency: str
    promised: str


@dataclass(frozen=True, kw_only=True)
class OrderReopened(_AboutOrder):
    """It is a draft again, and nothing is promised to it any more."""

    type: ClassVar[str] = "order.reopened"


@dataclass(frozen=True, kw_only=True)
class OrderPrepared(_AboutOrder):
    """Its goods lie ready."""

    type: ClassVar[str] = "order.prepared"


@dataclass(frozen=True, kw_only=True)
class OrderShipped(_AboutOrder):
    """Goods have left; `whole`: nothing is left to ship."""

    type: ClassVar[str] = "order.shipped"
    shipment: UUID
    whole: bool


@dataclass(frozen=True, kw_only=True)
class OrderDelivered(_AboutOrder):
    """A shipment has arrived; `whole`: everything has."""

    type: ClassVar[str] = "order.delivered"
    shipment: UUID
    whole: bool


@dataclass(frozen=True, kw_only=True)
class OrderReturned(_AboutOrder):
    """Goods came back; `whole`: all of them."""

    type: ClassVar[str] = "order.returned"
    whole: bool


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(_AboutOrder):
    """The order is off, and what was promised to it is free again."""

    type: ClassVar[str] = "order.cancelled"
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderFilled(_AboutOrder):
    """Goods that it waited for are there; `whole`: nothing is waited for any more."""

    type: ClassVar[str] = "order.filled"
    whole: bool
