"""What the lines of a quote come to, and how far they are below the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from filo.foundation.money import ZERO, cents
from filo.operational.prices.sums import HUNDRED, totals_of
from filo.operational.quotes.models import QuoteLine


@dataclass(frozen=True, slots=True)
class Sums:
    """What a quote comes to, as it is kept on it."""

    net: Decimal
    vat: Decimal
    total: Decimal
    cost: Decimal | None
    off: Decimal

    def as_facts(self) -> dict[str, Decimal | None]:
        """By the names of the quote's columns."""
        return {"net": self.net, "vat": self.vat, "total": self.total, "cost": self.cost, "off": self.off}


def sums_of(lines: Iterable[QuoteLine], *, gross: bool, currency: str) -> Sums:
    """What lines come to: optional ones only where they were chosen."""
    rows = list(lines)
    counted = [line for line in rows if line.counts]
    totals = totals_of(counted, gross=gross, currency=currency)
    known = all(line.cost is not None for line in counted) and bool(counted)
    cost = cents(sum(((line.cost or ZERO) * line.quantity for line in counted), ZERO), currency) if known else None
    off = max((off_of(line) for line in rows), default=ZERO)
    return Sums(totals.net, totals.vat, totals.total, cost, off)


def off_of(line: QuoteLine) -> Decimal:
    """How many percent the line is below what the engine says; 0 where nobody typed anything, or more."""
    if line.heading or not line.usual or not (line.price_by_hand or line.discounts_by_hand):
        return ZERO
    below = (line.usual - line.price_after) / line.usual * HUNDRED
    return max(ZERO, cents(below))
