"""What payments and dues look like at the REST API, coming and going."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Day, Shape

Method = Literal["bank", "card", "cash", "cheque", "riba", "debit", "other"]


class PaidMoneyBody(Body):
    """A sum: a decimal in a text, and its currency."""

    amount: str = Field(max_length=20)
    currency: str = Field("EUR", max_length=3)


class ShareBody(Body):
    """What of the payment pays a due."""

    due: UUID
    amount: str = Field(max_length=20)


class SharesBody(Body):
    """What a payment pays from now on; an empty list: nothing."""

    shares: list[ShareBody] = Field(max_length=200)


class PaymentBody(Body):
    """A payment; without `shares` it pays the oldest first, what is beyond stays as credit."""

    party: UUID
    company: str = Field(description="A selling company, by its code.")
    sum: PaidMoneyBody
    paid_on: Day
    method: Method = "bank"
    direction: Literal["in", "out"] = "in"
    reference: str = Field("", max_length=200)
    note: str = Field("", max_length=500)
    shares: list[ShareBody] | None = None


class MoneyShape(Shape):
    """A sum."""

    amount: str
    currency: str


class ShareShape(Shape):
    """What of the payment pays a due; delay: days after its day."""

    due: UUID
    document: str
    amount: str
    delay: int


class PaymentShape(Shape):
    """A payment; `party` is null for a customer whom one does not see. left: the credit of the customer."""

    id: UUID
    party: UUID | None
    company: str
    direction: Literal["in", "out"]
    method: str
    state: Literal["pending", "succeeded", "failed", "refunded"]
    source: str
    sum: MoneyShape
    left: MoneyShape
    refunded: MoneyShape
    paid_on: date
    reference: str
    note: str
    shares: list[ShareShape]
    version: int


class RefundBody(Body):
    """What is given back, and why; the currency is that of the payment."""

    amount: str = Field(max_length=20)
    reason: str = Field(max_length=300)


class RefundShape(Shape):
    """What was given back. asked: somebody whose limit is higher has to decide; begun: the provider is at it."""

    id: UUID
    sum: MoneyShape
    reason: str
    state: str
    failure: str
    at: datetime


class RefundList(Shape):
    """All that was given back of a payment, the oldest first."""

    items: list[RefundShape]


class PaymentList(Shape):
    """A page of payments."""

    items: list[PaymentShape]
    next: str | None
    count: int
    count_is_exact: bool


class DueShape(Shape):
    """What is owed by a day; `party` is null for a customer whom one does not see. dispute: to what he objects since
    `disputed_at`; he is not reminded meanwhile.
    """

    id: UUID
    kind: Literal["invoice", "order", "opening"]
    source: UUID
    document: str
    document_on: date
    party: UUID | None
    company: str
    due_on: date
    sum: MoneyShape
    left: MoneyShape
    state: Literal["open", "part", "overdue", "disputed", "paid"]
    days_late: int
    dispute: str
    disputed_at: datetime | None
    pay_url: str
    version: int


class DuePaidShape(Shape):
    """A payment that pays some of a due; delay: days after its day."""

    payment: UUID
    paid_on: date
    amount: str
    delay: int


class DueRemindedShape(Shape):
    """A reminder that was sent; after_days: of which step."""

    after_days: int
    to: str
    subject: str
    at: datetime


class WholeDueShape(DueShape):
    """A due with what paid it as far as one sees it, the reminders of it, and the interest that law gives until today
    (of a firm; it is shown and never claimed by itself).
    """

    paid_by: list[DuePaidShape]
    reminders: list[DueRemindedShape]
    interest: MoneyShape


class DueList(Shape):
    """A page of what is owed."""

    items: list[DueShape]
    next: str | None
    count: int
    count_is_exact: bool


class DueBody(Body):
    """Something that is owed from before Filo, or that no document of Filo says."""

    party: UUID
    company: str = Field(description="A selling company, by its code.")
    document: str = Field(max_length=80, description="How people call what it is owed for: Fattura 2026/31.")
    document_on: Day
    due_on: Day
    sum: PaidMoneyBody


class DisputeBody(Body):
    """To what the customer objects."""

    reason: str = Field(max_length=500)
