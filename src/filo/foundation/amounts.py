"""How sums, prices, quantities and rates are written and typed, in the reader's language (or the one that is named)."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.formats import date_format
from django.utils.translation import get_language

from filo.foundation.money import smallest

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
# No more digits of a price of one are shown than these; where it is typed, all of them are.
MOST_DIGITS = 4
_SWAPPED = str.maketrans(",.", ".,")
_GROUPS = re.compile(r"[-+]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)")


def money_words(amount: Decimal | None, currency: str = "EUR", *, language: str = "") -> str:
    """1.234,50 € in Italian, €1,234.50 in English; a price of one with up to four digits. Nothing for None."""
    if amount is None:
        return ""
    return _signed(price_words(amount, currency, language=language), currency, language)


def round_money_words(amount: Decimal | None, currency: str = "EUR") -> str:
    """The same for large sums that people say without cents: 12.500 €, but 12.500,50 €."""
    if amount is None:
        return ""
    whole = amount == amount.to_integral_value()
    return _signed(_written(amount, 0) if whole else price_words(amount, currency), currency)


def short_money_words(amount: Decimal, currency: str = "EUR") -> str:
    """12 k €, 1,4 M €; in English €12k, €1.4M: for where room is scarce."""
    for limit, unit in ((Decimal(1_000_000), "M"), (Decimal(1_000), "k")):
        if abs(amount) >= limit:
            value = amount / limit
            written = _written(value, 0 if abs(value) >= 100 or unit == "k" else 1)
            return _signed(f"{written}\u00a0{unit}" if _is_italian() else f"{written}{unit}", currency)
    return _signed(_written(amount, 0), currency)


def sum_words(amount: Decimal, currency: str = "EUR", *, language: str = "") -> str:
    """A sum without its sign, with the cents of its currency: 1.234,50."""
    return _written(amount, _cents(currency), language)


def price_words(price: Decimal, currency: str = "EUR", *, language: str = "") -> str:
    """The price of one without its sign: with the cents of its currency, up to four digits where it has them."""
    shown = price.quantize(Decimal(1).scaleb(-MOST_DIGITS), ROUND_HALF_UP)
    return _written(shown, max(_cents(currency), _digits(shown)), language)


def typed_price_words(price: Decimal, currency: str = "EUR") -> str:
    """The price of one as it is written over: with every digit, not grouped."""
    text = f"{price:.{max(_cents(currency), _digits(price))}f}"
    return text.replace(".", ",") if _is_italian() else text


def typed_number_words(number: Decimal) -> str:
    """A number as it is written over: with every digit, not grouped, as `read_number` reads it."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if _is_italian() else text


def number_words(quantity: Decimal, *, language: str = "") -> str:
    """A quantity without zeros that say nothing: 1.250,5."""
    return _written(quantity, _digits(quantity), language)


def percent_words(rate: Decimal, *, language: str = "") -> str:
    """22 %."""
    return f"{number_words(rate, language=language)}\u00a0%"


def read_number(text: str, *, language: str = "") -> Decimal:
    """A number as people type it, with a sign of money or not: 12,50 and 12.50, 1.234,50 and 1,234.50.

    Three digits behind a single sign, 1.500, are what the reader of this language means by it: fifteen hundred in
    Italian, one and a half in English. Raises `ValueError`.
    """
    told = re.sub(r"[\s'’€$£¥]", "", text).replace("−", "-")
    if _GROUPS.fullmatch(told) and (told.count(".") + told.count(",") > 1 or (("." in told) == _is_italian(language))):
        told = told.replace(".", "").replace(",", "")
    elif told.rfind(",") > told.rfind("."):
        told = told.replace(".", "").replace(",", ".")
    else:
        told = told.replace(",", "")
    try:
        number = Decimal(told)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def _cents(currency: str) -> int:
    return max(0, -int(smallest(currency).as_tuple().exponent))


def _digits(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _is_italian(language: str = "") -> bool:
    return (language or get_language() or "it").startswith("it")


def _written(value: Decimal, digits: int, language: str = "") -> str:
    text = f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,.{digits}f}"
    return text.translate(_SWAPPED) if _is_italian(language) else text


def _signed(text: str, currency: str, language: str = "") -> str:
    sign = SIGNS.get(currency, currency)
    if _is_italian(language) or currency not in SIGNS:
        return f"{text}\u00a0{sign}"
    return f"-{sign}{text[1:]}" if text.startswith("-") else f"{sign}{text}"


def day_words(day: date) -> str:
    """12 December 2026, as a sentence says it: Italian writes months small."""
    spelt = date_format(day, "j F Y")
    return spelt.lower() if _is_italian() else spelt
