"""How many: as they are told, read and kept."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

MOST = Decimal("99999999999")
SMALLEST = Decimal("0.001")


def quantity_words(quantity: Decimal) -> str:
    """As people write it: 3, 2.5, no zeros at the end."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def kept_quantity(value: Decimal | int | str) -> Decimal | None:
    """To the thousandth, as stock is kept; None for what is no quantity."""
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        return None
    if not found.is_finite() or abs(found) > MOST:
        return None
    kept = found.quantize(SMALLEST)
    return kept if kept == found else None
