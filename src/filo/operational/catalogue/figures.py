"""Figures of products made clean: whole numbers, amounts and barcodes."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.folding import clean_line

MOST_MONEY = Decimal(10) ** 9


def clean_whole(value: Any) -> int | None:
    """A whole number that is zero or more; None for nothing. Raises ValueError with a sentence."""
    if value in (None, ""):
        return None
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number <= 1_000_000:
        raise ValueError(_("Write a whole number, zero or more."))
    return number


def clean_barcode(text: str) -> str:
    """A barcode without blanks; a number of thirteen digits has to have the right last one (EAN-13)."""
    found = "".join(clean_line(text, max_length=60).split())
    if len(found) > 20:
        raise ValueError(_("A barcode has 20 characters at most."))
    if len(found) == 13 and found.isascii() and found.isdigit():
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(found))
        if total % 10:
            raise ValueError(_("The last digit of the barcode %(code)s is not right.") % {"code": found})
    return found


def clean_amount(value: Any, *, digits: int) -> Decimal | None:
    """An amount that is zero or more; None for nothing. Raises ValueError with a sentence."""
    if value in (None, ""):
        return None
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        raise ValueError(_("This is not a number.")) from None
    if not found.is_finite() or found < 0 or found >= MOST_MONEY:
        raise ValueError(_("Write an amount of zero or more."))
    return found.quantize(Decimal(1).scaleb(-digits))
