"""How prices are typed into a cell: 12,50 is a price, -10% a percentage off the base price, +20% one on top of the
cost.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format
from django.utils.translation import gettext as _

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}


def read_number(text: str) -> Decimal:
    """A number as people type it: 12,50 and 12.50, 1.234,50 and 1,234.50, with a sign of money or not.

    Raises `ValueError`.
    """
    found = text.replace("\u00a0", " ").strip().strip("€$£ ").replace(" ", "").replace("'", "")
    comma, dot = found.rfind(","), found.rfind(".")
    if comma >= 0 and dot >= 0:
        found = found.replace("." if comma > dot else ",", "")
    found = found.replace(",", ".")
    if found.count(".") > 1:  # 1.234.567
        found = found.replace(".", "")
    try:
        number = Decimal(found)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def read_cell(text: str) -> tuple[str, Decimal | None]:
    """What a cell means: how and how much; nothing in it takes the line away. Raises `ValueError` with a sentence."""
    told = text.strip()
    if not told:
        return "price", None
    try:
        value = read_number(told.rstrip("%").lstrip("+-− "))
    except ValueError:
        raise ValueError(_("“%(text)s” is neither a price nor a percentage.") % {"text": told[:40]}) from None
    if not told.endswith("%"):
        if told[0] in "-−":
            raise ValueError(_("A price cannot be less than nothing."))
        return "price", value.quantize(Decimal("0.0001"))
    if told[0] not in "+-−":
        raise ValueError(_("Write -10% for a percentage off the base price, +20% for one on top of the cost."))
    return ("markup" if told[0] == "+" else "percent"), value.quantize(Decimal("0.0001"))


def cell_words(means: str, value: Decimal) -> str:
    """The same the other way, as the reader writes numbers."""
    if means == "price":
        digits = 2 if value == value.quantize(Decimal("0.01")) else 4
        return str(number_format(value, digits, use_l10n=True))
    return f"{'-' if means == 'percent' else '+'}{number_words(value)}%"


def number_words(value: Decimal) -> str:
    """A number without zeros at its end, in the reader's way."""
    return str(number_format(f"{value.normalize():f}", use_l10n=True, force_grouping=True))


def money_words(amount: Decimal, currency: str = "EUR") -> str:
    """€ 1.234,50, in the reader's way of writing numbers."""
    digits = 2 if amount == amount.quantize(Decimal("0.01")) else 4
    return f"{SIGNS.get(currency, currency)} {number_format(amount, digits, use_l10n=True, force_grouping=True)}"
