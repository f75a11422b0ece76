"""What happens to deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutDeal(DomainEvent):
    deal: UUID
    party: UUID

    @property
    def subject(self) -> UUID:
        return self.deal


@dataclass(frozen=True, kw_only=True)
class DealOpened(_AboutDeal):
    """There is something to sell to a customer."""

    type: ClassVar[str] = "deal.opened"
    stage: str


@dataclass(frozen=True, kw_only=True)
class DealChanged(_AboutDeal):
    """Something about a deal changed."""

    type: ClassVar[str] = "deal.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class DealMoved(_AboutDeal):
    """A deal went to another stage; both are codes."""

    type: ClassVar[str] = "deal.moved"
    from_stage: str
    to_stage: str


@dataclass(frozen=True, kw_only=True)
class DealWon(_AboutDeal):
    """The customer buys. `amount` is decimal text."""

    type: ClassVar[str] = "deal.won"
    amount: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class DealLost(_AboutDeal):
    """The customer does not buy, and why."""

    type: ClassVar[str] = "deal.lost"
    reason: str


@dataclass(frozen=True, kw_only=True)
class DealReopened(_AboutDeal):
    """It was not over after all."""

    type: ClassVar[str] = "deal.reopened"


@dataclass(frozen=True, kw_only=True)
class DealGiven(_AboutDeal):
    """Somebody else has the deal now, or nobody."""

    type: ClassVar[str] = "deal.given"
    owner: UUID | None


@dataclass(frozen=True, kw_only=True)
class DealStale(_AboutDeal):
    """Nothing happened with a deal for longer than its stage allows."""

    type: ClassVar[str] = "deal.stale"


@dataclass(frozen=True, kw_only=True)
class DealDeleted(_AboutDeal):
    """A deal was thrown away; it can be brought back."""

    type: ClassVar[str] = "deal.deleted"


@dataclass(frozen=True, kw_only=True)
class DealRestored(_AboutDeal):
    """A deal that was thrown away is back."""

    type: ClassVar[str] = "deal.restored"
