"""An electronic invoice as plain values: what is written into a file and what is read from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
TO_FIRMS, TO_OFFICES, SIMPLIFIED = "FPR12", "FPA12", "FSM10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    street: str
    city: str
    postal_code: str = ""
    province: str = ""
    country: str = "IT"
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rea:
    """The seller's entry in the register of firms (c.c. 2250). capital: what is paid in; alone: SU, SM or nothing."""

    office: str
    number: str
    capital: Decimal | None = None
    alone: str = ""
    winding_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Who sells or buys. A firm has a `name`, a person may have `given_name` and `family_name` in its place."""

    name: str = ""
    given_name: str = ""
    family_name: str = ""
    vat_country: str = ""
    vat_number: str = ""
    tax_code: str = ""
    address: Address | None = None
    regime: str = ""
    rea: Rea | None = None
    phone: str = ""
    email: str = ""

    @property
    def full_name(self) -> str:
        return self.name or f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmission:
    """Who sends it, under which number, to which address of the exchange."""

    sender_country: str
    sender_code: str
    progressive: str
    form: str = TO_FIRMS
    recipient: str = "0000000"
    certified_mail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """A discount (or a surcharge) on one unit or on the whole: a percentage or a sum."""

    percent: Decimal | None = None
    amount: Decimal | None = None
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`total`: without VAT, after reductions."""

    number: int
    description: str
    unit_price: Decimal
    total: Decimal
    rate: Decimal
    nature: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    code: str = ""
    code_kind: str = ""
    reductions: tuple[Reduction, ...] = ()
    withheld: bool = False
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What falls under a rate. due: I at once, D deferred, S split payment."""

    rate: Decimal
    net: Decimal
    vat: Decimal
    nature: str = ""
    due: str = ""
    law: str = ""
    rounding: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    kind: str
    amount: Decimal
    rate: Decimal
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A contribution to a pension fund of a profession, which bears VAT."""

    kind: str
    rate: Decimal
    amount: Decimal
    vat_rate: Decimal
    base: Decimal | None = None
    nature: str = ""
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """terms: TP01 in parts, TP02 at once, TP03 in advance. lacks_amount: whether no sum is told, not even none."""

    method: str
    amount: Decimal
    due: date | None = None
    iban: str = ""
    bank: str = ""
    code: str = ""
    terms: str = "TP02"
    lacks_amount: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Another document: order, contract, agreement, receipt, invoice, or ddt (a delivery note)."""

    kind: str
    number: str
    day: date | None = None
    lines: tuple[int, ...] = ()
    cup: str = ""
    cig: str = ""
    item: str = ""
    job: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """Another file in the file. content: nothing where it was damaged."""

    name: str
    content: bytes
    form: str = ""
    description: str = ""
    packed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One invoice; a file may hold many of one seller to one buyer. lacks_summaries: whether they are not told, so that
    they are those of the lines.
    """

    type: str
    day: date
    number: str
    lines: tuple[Line, ...]
    summaries: tuple[Summary, ...]
    currency: str = "EUR"
    total: Decimal | None = None
    rounding: Decimal = ZERO
    stamp: Decimal | None = None
    stamped: bool = False
    withholdings: tuple[Withholding, ...] = ()
    funds: tuple[Fund, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    causes: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    payments: tuple[Payment, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    lacks_summaries: bool = False

    @property
    def summed(self) -> Decimal:
        """What the summaries come to, with VAT."""
        return sum((one.net + one.vat for one in self.summaries), ZERO)

    @property
    def held(self) -> Decimal:
        """What is withheld."""
        return sum((one.amount for one in self.withholdings), ZERO)

    @property
    def reduced(self) -> Decimal:
        """What the summaries come to after discounts and surcharges on the whole."""
        left = self.summed + self.rounding
        for one in self.reductions:
            step = one.amount if one.amount is not None else left * (one.percent or ZERO) / 100
            left += step if one.more else -step
        return left

    @property
    def whole(self) -> Decimal:
        """The total that is told, or what the summaries come to where none is."""
        return self.summed + self.rounding if self.total is None else self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file of the exchange."""

    transmission: Transmission
    seller: Subject
    buyer: Subject
    bodies: tuple[Body, ...]
    issued_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What was read: the document, its XML without the signature, who signed it, and what is odd about it."""

    document: Document
    filename: str
    xml: bytes
    signed_by: str = ""
    warnings: tuple[object, ...] = field(default=())
