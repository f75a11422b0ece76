"""What invoices look like at the REST API."""

from __future__ import annotations

import datetime
from typing import Any, Literal
from uuid import UUID

from filo.foundation.rest.schemas import Shape


class InvoiceMoneyShape(Shape):
    """A sum in a currency."""

    amount: str
    currency: str


class InvoiceLineShape(Shape):
    """A line; `off`: the part of a coupon that falls to it."""

    id: UUID
    code: str
    description: str
    quantity: str
    unit: str
    unit_price: str
    discounts: str
    off: str
    vat_rate: str
    nature: str
    amount: str


class InvoiceTaxShape(Shape):
    """What falls under a rate."""

    vat_rate: str
    nature: str
    net: str
    vat: str
    law: str


class InvoiceDueShape(Shape):
    """How much is to be paid on a day."""

    day: datetime.date
    amount: str
    method: str
    iban: str


class InvoiceFileShape(Shape):
    """A file of the exchange about it: sent, or heard back; `said` tells what became of it.

    way: hand, folder or pec. left_at: when a file that was sent left; null while it waits, and where it did not leave.
    """

    id: UUID
    kind: str
    name: str
    code: str
    said: str
    way: str
    at: datetime.datetime
    left_at: datetime.datetime | None


class InvoiceShape(Shape):
    """An invoice or a credit note. A customer whom one does not see is null; a draft has no `number` yet.

    credits: the invoice that a credit note takes from. left: what is still to be paid. source: the order or shipment
    that it was made of.
    """

    id: UUID
    direction: Literal["issued", "received"]
    type: str
    state: str
    number: str
    date: datetime.date | None
    party: dict[str, Any] | None
    company: str
    owner: dict[str, Any] | None
    currency: str
    gross: bool
    language: str
    net: InvoiceMoneyShape
    vat: InvoiceMoneyShape
    total: InvoiceMoneyShape
    stamp: InvoiceMoneyShape
    held: InvoiceMoneyShape
    payable: InvoiceMoneyShape
    paid: InvoiceMoneyShape
    credited: InvoiceMoneyShape
    left: InvoiceMoneyShape
    due_on: datetime.date | None
    terms: str
    method: str
    iban: str
    vat_due: str
    cause: str
    order_number: str
    order_date: datetime.date | None
    cig: str
    cup: str
    credits: UUID | None
    source: dict[str, Any] | None
    created_at: datetime.datetime
    issued_at: datetime.datetime | None
    lines: list[InvoiceLineShape] | None
    taxes: list[InvoiceTaxShape] | None
    dues: list[InvoiceDueShape] | None
    files: list[InvoiceFileShape] | None
    version: int


class InvoiceList(Shape):
    """A page of invoices, without what hangs on them."""

    items: list[InvoiceShape]
    next: str | None
    count: int
    count_is_exact: bool


class TakenInShape(Shape):
    """What became of a file that was handed in, and the invoices that it is about."""

    file: InvoiceFileShape
    invoices: list[UUID]


class TakenInList(Shape):
    """What became of each file."""

    items: list[TakenInShape]
