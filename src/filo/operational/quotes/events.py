"""What happens to quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from filo.foundation.events.base import DomainEvent


@dataclass(frozen=True, kw_only=True)
class _AboutQuote(DomainEvent):
    quote: UUID
    party: UUID
    deal: UUID | None

    @property
    def subject(self) -> UUID:
        return self.quote


@dataclass(frozen=True, kw_only=True)
class QuoteDrafted(_AboutQuote):
    """Somebody begins a quote; `previous` is the version that it comes after."""

    type: ClassVar[str] = "quote.drafted"
    previous: UUID | None


@dataclass(frozen=True, kw_only=True)
class QuoteChanged(_AboutQuote):
    """Something about a quote changed."""

    type: ClassVar[str] = "quote.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class QuoteSent(_AboutQuote):
    """A quote went to the customer. `total` is decimal text."""

    type: ClassVar[str] = "quote.sent"
    number: str
    total: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class QuoteViewed(_AboutQuote):
    """The customer opened its page for the first time, and had consented to be told of it."""

    type: ClassVar[str] = "quote.viewed"


@dataclass(frozen=True, kw_only=True)
class QuoteAccepted(_AboutQuote):
    """The customer takes it: with the optional lines that he chose. `by_customer`: on its page, not by a colleague."""

    type: ClassVar[str] = "quote.accepted"
    number: str
    total: str
    currency: str
    by_customer: bool


@dataclass(frozen=True, kw_only=True)
class QuoteRejected(_AboutQuote):
    """The customer does not take it."""

    type: ClassVar[str] = "quote.rejected"
    by_customer: bool


@dataclass(frozen=True, kw_only=True)
class QuoteQuestion(_AboutQuote):
    """The customer asks something about it; `question` holds what."""

    type: ClassVar[str] = "quote.question"
    question: UUID


@dataclass(frozen=True, kw_only=True)
class QuoteExpiring(_AboutQuote):
    """It holds for a few days more, and nobody has answered."""

    type: ClassVar[str] = "quote.expiring"


@dataclass(frozen=True, kw_only=True)
class QuoteExpired(_AboutQuote):
    """Its last day has gone by without an answer."""

    type: ClassVar[str] = "quote.expired"


@dataclass(frozen=True, kw_only=True)
class QuoteSuperseded(_AboutQuote):
    """A newer version (`by`) was sent in its place."""

    type: ClassVar[str] = "quote.superseded"
    by: UUID


@dataclass(frozen=True, kw_only=True)
class QuoteWithdrawn(_AboutQuote):
    """We do not offer it any more."""

    type: ClassVar[str] = "quote.withdrawn"
