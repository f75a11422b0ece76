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
    """A line; `off`: the part of a coupon that falls to it. shipment: with which it left, if that is billed."""

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
    shipment: UUID | None


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


class ComplaintShape(Shape):
    """What the exchange found wrong."""

    code: str
    text: str
    hint: str


class InvoiceReferenceShape(Shape):
    """Another document that it names: order, contract, agreement, receipt (of goods), invoice, ddt (delivery note)."""

    kind: str
    number: str
    day: datetime.date | None
    cig: str
    cup: str
    lines: list[int]


class InvoiceDeliveryShape(Shape):
    """A delivery note that it follows."""

    number: str
    day: datetime.date | None


class InvoiceWithholdingShape(Shape):
    """What the customer keeps back and pays to the tax office."""

    kind: str
    rate: str
    amount: str
    cause: str


class InvoiceFundShape(Shape):
    """A contribution to the pension fund of a profession."""

    kind: str
    rate: str
    amount: str
    vat_rate: str
    nature: str
    withheld: bool


class InvoiceReductionShape(Shape):
    """A discount on the whole, or a surcharge (`more`): a percentage or a sum."""

    percent: str | None
    amount: str | None
    more: bool


class InvoiceFileShape(Shape):
    """A file of the exchange about it: sent, or heard back; `said` tells what became of it.

    way: hand, folder or pec. left_at: when a file that was sent left; null while it waits, and where it did not leave.
    warnings: what is odd in it; complaints: of a rejection.
    """

    id: UUID
    kind: str
    name: str
    code: str
    said: str
    way: str
    at: datetime.datetime
    left_at: datetime.datetime | None
    signed_by: str
    warnings: list[str]
    complaints: list[ComplaintShape]


class InvoiceShape(Shape):
    """An invoice or a credit note. A customer whom one does not see is null; a draft has no `number` yet.

    credits: the invoice that a credit note takes from. left: what is still to be paid. source: the order or shipment
    that it was made of, or `shipments` without an id, where it was several (its lines say which). supplier: who sold,
    of one that was received. send_by: until when it has to reach the exchange, resend_by: until when a rejected one may
    be sent again. references: the other documents that it names; of them order_number, cig, cup and delivery_number are
    the first. doubts: why the exchange would reject it as it is now.
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
    fund: InvoiceMoneyShape
    held: InvoiceMoneyShape
    payable: InvoiceMoneyShape
    paid: InvoiceMoneyShape
    credited: InvoiceMoneyShape
    left: InvoiceMoneyShape
    due_on: datetime.date | None
    terms: str
    method: str
    iban: str
    bank: str
    series: str
    vat_due: str
    stamp_rule: str
    stamp_charged: bool
    held_kind: str
    held_rate: str
    held_cause: str
    held_base: str
    fund_kind: str
    fund_rate: str
    fund_vat_rate: str
    fund_nature: str
    fund_withheld: bool
    supplier: str
    send_by: datetime.date | None
    resend_by: datetime.date | None
    cause: str
    order_number: str
    order_date: datetime.date | None
    delivery_number: str
    delivery_day: datetime.date | None
    deliveries: list[InvoiceDeliveryShape]
    cig: str
    cup: str
    credits: UUID | None
    source: dict[str, Any] | None
    created_at: datetime.datetime
    issued_at: datetime.datetime | None
    lines: list[InvoiceLineShape] | None
    taxes: list[InvoiceTaxShape] | None
    dues: list[InvoiceDueShape] | None
    references: list[InvoiceReferenceShape] | None
    withholdings: list[InvoiceWithholdingShape] | None
    funds: list[InvoiceFundShape] | None
    reductions: list[InvoiceReductionShape] | None
    files: list[InvoiceFileShape] | None
    doubts: list[str] | None
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


class HandedInShape(InvoiceFileShape):
    """A file that was handed in, and the invoice that it is about."""

    invoice: UUID | None
    company: str


class HandedInList(Shape):
    """A page of files, the latest first."""

    items: list[HandedInShape]
    next: str | None
    count: int
    count_is_exact: bool


class SideShape(Shape):
    """Who sells or buys, as a file says it."""

    name: str
    vat_number: str
    tax_code: str


class SaidShape(Shape):
    """What a file that was put aside would say: it is kept once its company is named."""

    seller: SideShape
    buyer: SideShape
    numbers: list[str]
    warnings: list[str]


class HandedInWhole(HandedInShape):
    """A file that was handed in; says: of one that was put aside and can be read."""

    says: SaidShape | None


class AttachmentShape(Shape):
    """What a supplier laid into his file; id: its place in it, counted from 0."""

    id: int
    name: str
    media_type: str
    size: int


class AttachmentList(Shape):
    """All of them that are whole."""

    items: list[AttachmentShape]


class FiscalShape(Shape):
    """What law wants to know of a company that sells. Name, VAT number and address are those of the company itself."""

    company_id: UUID
    company: str
    vat_number: str
    tax_code: str
    regime: str
    rea_office: str
    rea_number: str
    capital: InvoiceMoneyShape | None
    alone: str
    winding_up: bool
    iban: str
    bank: str
    certified_mail: str
    recipient: str
    sender_country: str
    sender: str
    series: str
    credit_series: str
    terms: str
    method: str
    way: str
    folder: str
    exchange_pec: str
    version: int


class FiscalList(Shape):
    """A page of companies."""

    items: list[FiscalShape]
    next: str | None
    count: int
    count_is_exact: bool
