"""How prices are typed into a cell: 12,50 is a price, -10% a percentage off the base price, +20% one on top of the
cost.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from filo.foundation.amounts import number_words, read_number, typed_price_words


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
        return typed_price_words(value)
    return f"{'-' if means == 'percent' else '+'}{number_words(value)}%"
