"""A row as a line of what was sold, clean, or the sentence that says why it cannot be one.

The rules: a quantity below zero is goods that came back, and its amount is taken off; a number that begins with C
before digits, as invoices of some programs that take another back, makes its lines such, whatever their sign. A
quantity of zero sold nothing. An amount that is written wins over quantity times price. Without a number the lines of
a customer on a day are one order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.folding import clean_line, fold
from filo.foundation.money import CURRENCIES, ZERO, cents
from filo.operational.past.drafts import PastLineDraft
from filo.operational.transfer import figures
from filo.operational.transfer.cells import is_nothing, text_of
from filo.operational.transfer.mapping import Column

TAKES_BACK = re.compile(r"C\d+")
CANCELLED = frozenset(
    ("cancelled", "canceled", "annullato", "annullata", "annullati", "void", "voided", "storno", "stornato")
)
SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP"}
MOST_QUANTITY, MOST_AMOUNT = Decimal(10_000_000), Decimal(100_000_000)
WHO = ("customer_code", "customer", "email", "vat_number")
HUNDRED = Decimal(100)
THOUSANDTH, MILLIONTH = Decimal("0.001"), Decimal("0.000001")


class Refused(Exception):
    """A row that is no line of what was sold: in which column it is wrong, and why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class SoldRow:
    """customer: what the row says of him, by field. number: "" where the file has none."""

    row: int
    cells: list[str]
    number: str
    day: date
    customer: Mapping[str, str]
    line: PastLineDraft
    is_cancelled: bool
    currency: str
    country: str


def read_sold(row: int, cells: Sequence[str], columns: Sequence[Column]) -> SoldRow:
    """The row as a line. Raises `Refused`."""
    told: dict[str, str] = {}
    ways: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column.field and not is_nothing(cell):
            told.setdefault(column.field, text_of(cell))
            ways.setdefault(column.field, column.format)
    day = figures.day(told["day"], month_first="mdy" in ways["day"]) if "day" in told else None
    if day is None:
        said = told.get("day", "")
        raise Refused("day", _("“%(text)s” is not a day.") % {"text": said} if said else _("The row has no day."))
    customer: dict[str, str] = {
        name: told[name] for name in ("customer_code", "customer", "email", "vat_number") if name in told
    }
    if not customer:
        raise Refused("customer", _("The row does not say who bought."))
    number = clean_line(told.get("number", ""), max_length=200)
    if len(number) > 60:
        raise Refused("number", _("A number has 60 characters at most."))
    currency = _currency(told)
    line = _line(told, ways, currency, takes_back=bool(TAKES_BACK.fullmatch(number.upper())))
    status = fold(told.get("status", ""))
    country = clean_line(told.get("country", ""), max_length=60)
    return SoldRow(row, list(cells), number, day, customer, line, status in CANCELLED, currency, country)


def _line(told: Mapping[str, str], ways: Mapping[str, str], currency: str, *, takes_back: bool) -> PastLineDraft:
    numbers = {
        name: _number(name, told[name], ways[name])
        for name in ("quantity", "price", "discount", "vat_rate", "amount")
        if name in told
    }
    amount, price = numbers.get("amount"), numbers.get("price")
    if amount is None and price is None:
        raise Refused("price", _("The row has neither a price nor an amount."))
    quantity = numbers.get("quantity", Decimal(1 if amount is None or amount >= 0 else -1))
    if quantity == 0:
        raise Refused("quantity", _("The quantity is zero: nothing was sold."))
    quantity = -abs(quantity) if takes_back else quantity
    discount, vat_rate = numbers.get("discount", ZERO), numbers.get("vat_rate")
    for name in ("discount", "vat_rate"):
        if not 0 <= numbers.get(name, ZERO) <= HUNDRED:
            raise Refused(name, _("“%(text)s” is not between 0 and 100.") % {"text": told[name]})
    if price is not None and price < 0:
        raise Refused("price", _("A price cannot be negative: goods that came back have a negative quantity."))
    if amount is None:
        amount = cents(quantity * (price or ZERO) * (HUNDRED - discount) / HUNDRED, currency)
    else:
        amount = cents(abs(amount) if quantity > 0 else -abs(amount), currency)
        if price is None:
            price = (abs(amount / quantity) / ((HUNDRED - discount) / HUNDRED or 1)).quantize(MILLIONTH)
    if abs(quantity) > MOST_QUANTITY or abs(amount) > MOST_AMOUNT or (price or ZERO) > MOST_AMOUNT:
        raise Refused("quantity", _("This is too much to be true: look at the quantity and the price."))
    return PastLineDraft(
        quantity=quantity.quantize(THOUSANDTH),
        unit_price=(price or ZERO).quantize(MILLIONTH),
        amount=amount,
        code=clean_line(told.get("code", ""), max_length=60),
        description=clean_line(told.get("description", ""), max_length=1000),
        unit=clean_line(told.get("unit", ""), max_length=10),
        discount=discount,
        vat_rate=vat_rate,
    )


def _number(field: str, text: str, way: str) -> Decimal:
    found = figures.number(text.rstrip("% "), is_point="point" in way.split())
    if found is None:
        raise Refused(field, _("“%(text)s” is not a number.") % {"text": text[:60]})
    return found


def _currency(told: Mapping[str, Any]) -> str:
    said = told.get("currency", "").strip().upper()
    code = SYMBOLS.get(said, said)
    if code and code not in CURRENCIES:
        raise Refused("currency", _("“%(text)s” is not a currency that is known here.") % {"text": said[:20]})
    return code or "EUR"
