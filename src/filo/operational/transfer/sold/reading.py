"""A row as a line of what was sold, clean, or the sentence that says why it cannot be one.

The rules: a quantity below zero is goods that came back, and its amount is taken off; a number that begins with C
before digits, as invoices of some programs that take another back, makes its lines such, whatever their sign, and so
do a credit note and an amount below zero. A quantity of zero sold nothing. An amount that is written wins over
quantity times price. Without a number the lines of a customer on a day are one order. What a further line of an order
does not say of the customer, the currency and the state, the line above it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.folding import clean_line, fold
from filo.foundation.money import CURRENCIES, ZERO
from filo.operational.past.drafts import PastLineDraft
from filo.operational.transfer import figures
from filo.operational.transfer.cells import is_nothing, text_of
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.sold.worth import Refused, percent, worth
from filo.operational.transfer.thing_fields import OF_WHOLE_ORDER

TAKES_BACK = re.compile(r"C\d+")
CANCELLED = frozenset(
    ("cancelled", "canceled", "annullato", "annullata", "annullati", "void", "voided", "storno", "stornato")
)
_TAKING_BACK = re.compile(
    r"\b(?:nota (?:di )?credito|note credito|nc|reso|resi|storno|credit (?:note|memo)|refund|return)\b"
)
SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP"}
MOST_QUANTITY, MOST_AMOUNT = Decimal(10_000_000), Decimal(100_000_000)
WHO = ("customer_code", "customer", "email", "vat_number")
ON_FIRST_LINES = ("currency", "country", "status", "cancelled")  # of the whole order, and often said only once
_MADE_A_NUMBER = re.compile(r"(\d+)\.0")  # a code that an analysis took for a number: 13085.0
THOUSANDTH, MILLIONTH = Decimal("0.001"), Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class SoldRow:
    """customer: what the row says of him, by field. number: "" where the file has none. whole: see `whole_order`."""

    row: int
    cells: list[str]
    number: str
    day: date
    customer: Mapping[str, str]
    line: PastLineDraft
    is_cancelled: bool
    currency: str
    country: str
    whole: Mapping[str, Decimal]


def said_in(cells: Sequence[str], columns: Sequence[Column]) -> tuple[dict[str, str], dict[str, str]]:
    """What a row says by field, and how it is written (see `Column.format`)."""
    told: dict[str, str] = {}
    ways: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column.field and not is_nothing(cell):
            told.setdefault(column.field, text_of(cell))
            ways.setdefault(column.field, column.format)
    name = f"{told.pop('given_name', '')} {told.pop('family_name', '')}".strip()
    if name:
        told.setdefault("customer", name)
    return told, ways


def of_whole_order(told: Mapping[str, str]) -> dict[str, str]:
    """What a line says of its whole order, for the lines below it."""
    return {name: told[name] for name in (*WHO, *ON_FIRST_LINES) if name in told}


def read_sold(
    row: int, cells: Sequence[str], columns: Sequence[Column], above: Mapping[str, str] = MappingProxyType({})
) -> SoldRow:
    """The row as a line; `above` is what an earlier line of the order says of all of it. Raises `Refused`."""
    told, ways = said_in(cells, columns)
    if any(told[name] != above.get(name, told[name]) for name in WHO if name in told):
        above = {name: said for name, said in above.items() if name not in WHO}  # another customer, by the same number
    told = {**above, **told}
    day = figures.day(told["day"], month_first="mdy" in ways["day"].split()) if "day" in told else None
    if day is None:
        said = told.get("day", "")
        raise Refused("day", _("“%(text)s” is not a day.") % {"text": said} if said else _("The row has no day."))
    customer = {name: told[name] for name in WHO if name in told}
    if "customer_code" in customer:
        customer["customer_code"] = _plain(customer["customer_code"])
    if not customer:
        raise Refused("customer", _("The row does not say who bought: add the customer’s code, name or e-mail."))
    number = _plain(clean_line(told.get("number", ""), max_length=200))
    if len(number) > 60:
        raise Refused("number", _("A number has 60 characters at most."))
    currency = _currency(told)
    takes_back = TAKES_BACK.fullmatch(number.upper()) or _TAKING_BACK.search(fold(told.get("document", "")))
    line = _line(told, ways, currency, takes_back=bool(takes_back))
    is_cancelled = fold(told.get("status", "")) in CANCELLED or "cancelled" in told
    country = clean_line(told.get("country", ""), max_length=60)
    return SoldRow(row, list(cells), number, day, customer, line, is_cancelled, currency, country, _whole(told, ways))


def _whole(told: Mapping[str, str], ways: Mapping[str, str]) -> dict[str, Decimal]:
    """What is no number here says nothing: the line is none the worse for it."""
    found = {
        name: figures.number(told[name], is_point="point" in ways[name].split())
        for name in OF_WHOLE_ORDER & told.keys()
    }
    return {name: number for name, number in found.items() if number is not None}


def _line(told: Mapping[str, str], ways: Mapping[str, str], currency: str, *, takes_back: bool) -> PastLineDraft:
    numbers = {
        name: _number(name, told[name], ways[name])
        for name in ("quantity", "price", "discount_amount", "amount")
        if name in told
    }
    amount, price = numbers.get("amount"), numbers.get("price")
    if amount is None and price is None:
        raise Refused("price", _("The row has neither a price nor an amount."))
    quantity = numbers.get("quantity", Decimal(1 if amount is None or amount >= 0 else -1))
    if quantity == 0:
        raise Refused("quantity", _("The quantity is zero: nothing was sold."))
    is_less = amount is not None and amount < 0
    quantity = -abs(quantity) if takes_back or is_less else quantity
    if price is not None and price < 0:
        raise Refused("price", _("A price cannot be negative: goods that came back have a negative quantity."))
    discount = percent("discount", told["discount"], ways["discount"]) if "discount" in told else ZERO
    amount, price, discount = worth(
        quantity, price, amount, discount, currency, off=abs(numbers.get("discount_amount", ZERO))
    )
    if abs(quantity) > MOST_QUANTITY or abs(amount) > MOST_AMOUNT or price > MOST_AMOUNT:
        raise Refused("quantity", _("This is too much to be true: look at the quantity and the price."))
    return PastLineDraft(
        quantity=quantity.quantize(THOUSANDTH),
        unit_price=price.quantize(MILLIONTH),
        amount=amount,
        code=clean_line(told.get("code", ""), max_length=60),
        description=clean_line(told.get("description", ""), max_length=1000),
        unit=clean_line(told.get("unit", ""), max_length=10),
        discount=discount,
        vat_rate=percent("vat_rate", told["vat_rate"], ways["vat_rate"]) if "vat_rate" in told else None,
    )


def _plain(code: str) -> str:
    found = _MADE_A_NUMBER.fullmatch(code)
    return found[1] if found else code


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
