"""What is sent about invoices at the REST API."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal
from uuid import UUID

from pydantic import Field

from filo.foundation.rest.lists import PageParams
from filo.foundation.rest.schemas import Body, Day, YesNo


class InvoiceLineBody(Body):
    """A line; without VAT its `nature` says why. A price may be negative, a quantity may not."""

    id: UUID | None = Field(None, description="A line that stands already and keeps its article; for changes only.")
    code: str = Field("", max_length=60)
    description: str = Field(max_length=1000)
    quantity: Decimal = Field(Decimal(1), ge=0)
    unit: str = Field("", max_length=10)
    unit_price: Decimal = Decimal(0)
    discounts: str = Field("", max_length=60)
    vat_rate: Decimal = Field(Decimal(22), ge=0, le=100)
    nature: str = Field("", max_length=4)


class DeliveryBody(Body):
    """A delivery note that an invoice follows."""

    number: str = Field(max_length=20)
    day: Day


class InvoiceChange(Body):
    """What changes of a draft; `lines` are all of them. held_*: withholding; fund_*: pension fund."""

    type: str = Field("TD01", max_length=4, description="As FatturaPA names kinds of documents: TD01, TD24.")
    date: Day | None = None
    series: str = Field("", max_length=6)
    currency: str = Field("EUR", max_length=3)
    gross: YesNo = Field(False, description="Whether prices hold VAT.")
    language: Literal["it", "en"] = "it"
    terms: str = Field("", max_length=40, description="Days: 30, 60 FM, 30/60/90 FM (FM: from the end of the month).")
    method: str = Field("MP05", max_length=4, description="As FatturaPA names ways to pay: MP05.")
    iban: str = Field("", max_length=42)
    bank: str = Field("", max_length=80)
    vat_due: Literal["I", "D", "S"] = "I"
    stamp_rule: Literal["", "yes", "no"] = ""
    stamp_charged: YesNo = False
    held_kind: str = Field("", max_length=4)
    held_rate: Decimal = Field(Decimal(0), ge=0, le=100)
    held_cause: str = Field("", max_length=2)
    held_base: Decimal = Field(Decimal(100), ge=0, le=100)
    fund_kind: str = Field("", max_length=4)
    fund_rate: Decimal = Field(Decimal(0), ge=0, le=100)
    fund_vat_rate: Decimal = Field(Decimal(22), ge=0, le=100)
    fund_nature: str = Field("", max_length=4)
    fund_withheld: YesNo = False
    cause: str = Field("", max_length=2000)
    order_number: str = Field("", max_length=20)
    order_date: Day | None = None
    deliveries: list[DeliveryBody] = Field(
        default_factory=list, max_length=200, description="The delivery notes that a deferred invoice (TD24) follows."
    )
    cig: str = Field("", max_length=15)
    cup: str = Field("", max_length=15)
    lines: list[InvoiceLineBody] = Field(default_factory=list, max_length=1000)


class InvoiceBody(InvoiceChange):
    """An invoice for a customer; what is left out is as the company usually has it."""

    party: UUID
    company: str = Field(description="A selling company, by its code.")


class IssueBody(Body):
    """Its date; without it the one of the draft, or today."""

    date: Day | None = None


class SendInvoiceBody(Body):
    """How the file leaves; without it as the company has it."""

    way: Literal["", "hand", "folder", "pec"] = ""


class CreditBody(Body):
    """How many of which line, by its id, and why; without lines the whole is given back."""

    lines: dict[UUID, Decimal] | None = Field(None, max_length=1000)
    cause: str = Field("", max_length=2000)


class HandedInParams(PageParams):
    """Which files."""

    kind: Literal["", "invoice", "notification", "double", "quarantine"] = Field(
        "", description="Only those that are so; `quarantine`: put aside."
    )


class KeepBody(Body):
    """Of which company of ours a file is, by its code, and whether that sold or bought."""

    company: str
    direction: Literal["issued", "received"]


class CapitalBody(Body):
    """Share capital."""

    amount: Decimal = Field(ge=0, max_digits=14, decimal_places=2)
    currency: Literal["EUR"] = "EUR"


class FiscalChange(Body):
    """What changes of the fiscal data of a company."""

    tax_code: str = Field("", max_length=16)
    odd_tax_code: YesNo = Field(False, description="Keep eleven digits although the last is wrong, for trying.")
    regime: str = Field("RF01", max_length=4, description="As FatturaPA names it: RF01.")
    rea_office: str = Field("", max_length=2)
    rea_number: str = Field("", max_length=20)
    capital: CapitalBody | None = None
    alone: Literal["", "SU", "SM"] = ""
    winding_up: YesNo = False
    iban: str = Field("", max_length=42)
    bank: str = Field("", max_length=80)
    certified_mail: str = Field("", max_length=254)
    recipient: str = Field("", max_length=7)
    sender: str = Field("", max_length=28, description="Tax code of the intermediary who sends; empty: the company.")
    series: str = Field("", max_length=6)
    credit_series: str = Field("", max_length=6)
    terms: str = Field("", max_length=40)
    method: str = Field("MP05", max_length=4)
    way: Literal["hand", "folder", "pec"] = "hand"
    folder: str = Field("", max_length=40)
    exchange_pec: str = Field("", max_length=254)
