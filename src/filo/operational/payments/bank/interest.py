"""Interest for late payment between firms: D.Lgs. 231/2002, art. 4 and 5.

It runs from the day after the one it was to be paid on, without a warning being needed; its rate is the European
Central Bank's for main refinancing on the first day of the half-year, and eight points more. Days are counted by
365. Rates are dated rows that a person keeps; some come with Filo and are to be checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from filo.foundation.money import cents

YEAR = Decimal(365)


def late_interest(amount: Decimal, *, due_on: date, until: date, rates: Sequence[tuple[date, Decimal]]) -> Decimal:
    """What a sum owed since `due_on` bore until a day, that day included. rates: (from which day, percent a year)."""
    found, ordered = Decimal(0), sorted(rates)
    start = due_on + timedelta(days=1)
    for place, (since, percent) in enumerate(ordered):
        begins = max(start, since)
        ends = min(until, ordered[place + 1][0] - timedelta(days=1)) if place + 1 < len(ordered) else until
        days = (ends - begins).days + 1
        if days > 0:
            found += amount * percent / 100 * days / YEAR
    return cents(found)
