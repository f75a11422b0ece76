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


class AskBody(Body):
    """Why so much is to be given."""

    why: str = Field("", max_length=500)


class MoneyShape(Shape):
    """A sum in a currency."""

    amount: str
    currency: str


class QuoteLineShape(Shape):
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


class QuoteQuestionShape(Shape):
    """What the customer asked on the page of the quote."""

    at: datetime
    text: str


class QuoteViewShape(Shape):
    """When somebody who consented to it opened the page of the quote; one whom one does not see has no name."""

    name: str
    first_at: datetime
    last_at: datetime
    times: int


class QuoteSignatureShape(Shape):
    """Who accepted, and how; by: the colleague who wrote it down, where the customer did not sign himself.

    chosen: the optional lines that he took.
    """

    at: datetime
    name: str
    note: str
    by: dict[str, Any] | None
    chosen: list[UUID]
    total: MoneyShape


class QuoteApprovalShape(Shape):
    """The latest approval that was asked for it."""

    id: UUID
    state: str
    why: str
    weight: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    note: str


class QuoteShape(Shape):
    """A quote. `party` is null for a customer whom one does not see; `number` is empty until it is sent.

    views: how often its page was opened; seen_by: when and by whom, with consent alone. must_ask: whether it goes
    beyond what the caller may give, so that an approval is asked before it is sent. margin: in percent, for whom may
    see it. previous: the version before; next: the newer one that was sent, or is being written. What hangs on a
    quote (from `lines` to `next`) is null in lists.
    """

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
    internal_note: str
    sent_to: str
    previous: UUID | None
    lines: list[QuoteLineShape] | None
    questions: list[QuoteQuestionShape] | None
    seen_by: list[QuoteViewShape] | None
    signature: QuoteSignatureShape | None
    approval: QuoteApprovalShape | None
    must_ask: bool | None
    margin: str | None
    next: UUID | None
    version: int


class QuoteVersions(Shape):
    """All versions of a quote, the first one first."""

    items: list[QuoteShape]


class QuoteList(Shape):
    """A page of quotes, without their lines."""

    items: list[QuoteShape]
    next: str | None
    count: int
    count_is_exact: bool
