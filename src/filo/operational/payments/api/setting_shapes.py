"""What the settings of payments look like at the REST API."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.schemas import Body, Day, Shape, Whole, YesNo


class PaymentAccountFacts(Body):
    """How money is taken. A sandbox makes secrets of its own; `base`: only for a proxy."""

    active: YesNo = True
    sandbox: YesNo = False
    base: str = Field("", max_length=300)
    iban: str = Field("", max_length=42)
    holder: str = Field("", max_length=120)
    secret_key: str = Field("", max_length=300, description="Written, never read; empty: as it is.")
    webhook_secret: str = Field("", max_length=300, description="Written, never read; empty: as it is.")


class PaymentAccountBody(PaymentAccountFacts):
    """How a company takes money with a kind of provider: card or bank_transfer."""

    company: str = Field(description="A selling company, by its code.")
    kind: str = Field(max_length=40)


class PaymentAccountChange(PaymentAccountFacts):
    """Only what is sent changes."""


class PaymentAccountShape(Shape):
    """How a company takes money. webhook_url: where the provider posts his messages."""

    id: UUID
    company: str
    kind: str
    active: bool
    sandbox: bool
    base: str
    iban: str
    holder: str
    has_secret_key: bool
    has_webhook_secret: bool
    webhook_url: str


class PaymentAccountList(Shape):
    """A page of ways to pay."""

    items: list[PaymentAccountShape]
    next: str | None
    count: int
    count_is_exact: bool


class ReminderStepBody(Body):
    """After how many days which words; `{{ … }}` are merge tags: customer, document, document_date, due_date, days,
    left, amount, interest, company, link.
    """

    after_days: Whole
    subject_it: str = Field(max_length=200)
    text_it: str = Field(max_length=5000)
    subject_en: str = Field(max_length=200)
    text_en: str = Field(max_length=5000)
    active: YesNo = True


class ReminderStepChange(Body):
    """Only what is sent changes."""

    after_days: Whole = 0
    subject_it: str = Field("", max_length=200)
    text_it: str = Field("", max_length=5000)
    subject_en: str = Field("", max_length=200)
    text_en: str = Field("", max_length=5000)
    active: YesNo = True


class ReminderStepShape(Shape):
    """A step of reminding."""

    id: UUID
    after_days: int
    subject_it: str
    text_it: str
    subject_en: str
    text_en: str
    active: bool


class ReminderStepList(Shape):
    """A page of steps."""

    items: list[ReminderStepShape]
    next: str | None
    count: int
    count_is_exact: bool


class InterestRateBody(Body):
    """The yearly rate from a day on, in percent, and where it is from."""

    since: Day
    percent: str = Field(max_length=20)
    source: str = Field(max_length=200)


class InterestRateShape(Shape):
    """A rate of interest for late payment between firms (D.Lgs. 231/2002)."""

    id: UUID
    since: date
    percent: str
    source: str


class InterestRateList(Shape):
    """A page of rates."""

    items: list[InterestRateShape]
    next: str | None
    count: int
    count_is_exact: bool


class RefundCapBody(Body):
    """How much of one payment a role may give back without asking, in the payment's currency; null: no limit."""

    role: str = Field(max_length=60)
    most: str | None = Field(max_length=20)


class RefundCapShape(Shape):
    """The cap of a role."""

    role: str
    most: str | None


class RefundCapList(Shape):
    """A page of caps."""

    items: list[RefundCapShape]
    next: str | None
    count: int
    count_is_exact: bool


class SettingsAddedShape(Shape):
    """How many rows were added."""

    added: int
