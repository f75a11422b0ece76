"""What the terms of an order say of paying before: a deposit of so many percent, or all of it."""

from __future__ import annotations

import re
from decimal import Decimal

ALL = Decimal(100)
_WORD = r"(?:acconto|anticipo|caparra|deposit|advance|down\s*payment)"
_PERCENT = r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%"
_BEHIND = re.compile(rf"{_WORD}[^\d%/;+]{{0,30}}{_PERCENT}", re.IGNORECASE)
_BEFORE = re.compile(rf"{_PERCENT}\s*(?:di\s+|in\s+|as\s+|come\s+|of\s+|a\s+)?{_WORD}", re.IGNORECASE)
_WHOLE = re.compile(r"\banticipat[oa]\b|\bprepa(?:id|yment)\b|\b(?:in|payment)\s+(?:in\s+)?advance\b", re.IGNORECASE)


def advance_in(terms: str) -> Decimal:
    """How many percent are to be paid before the goods leave: `acconto 30%` is 30, `pagamento anticipato` 100, else 0.

    `30% anticipato` is 30 too: a number that stands with the word is what is meant.
    """
    found = _BEHIND.search(terms) or _BEFORE.search(terms)
    if found is None and (whole := _WHOLE.search(terms)):
        found = re.search(rf"{_PERCENT}\s*$", terms[: whole.start()])
        if found is None:
            return ALL
    if found is None:
        return Decimal(0)
    percent = Decimal(found.group(1).replace(",", "."))
    return percent if 0 < percent <= ALL else Decimal(0)
