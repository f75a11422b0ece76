"""Sums of deals in the currency of the firm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from filo.foundation import clock
from filo.foundation.money import ZERO, cents
from filo.operational.prices.models import ExchangeRate

HOUSE = "EUR"


@dataclass
class Sum:
    """How many deals, what they are worth, and what by their chances, in the firm's currency.

    `unknown` are the currencies that no rate is known of: what is in them is counted, and not added.
    """

    number: int = 0
    amount: Decimal = ZERO
    weighted: Decimal = ZERO
    unknown: set[str] = field(default_factory=set)

    def add(self, number: int, amount: Decimal, weighted: Decimal, rate: Decimal | None, currency: str) -> None:
        """Add what is in one currency; `rate` is how much of it a euro buys."""
        self.number += number
        if rate is None:
            self.unknown.add(currency)
            return
        self.amount += cents(amount / rate)
        self.weighted += cents(weighted / rate)

    @property
    def average(self) -> Decimal:
        """What one is worth."""
        return cents(self.amount / self.number) if self.number else ZERO


def rates_of(currencies: Iterable[str]) -> dict[str, Decimal | None]:
    """How much of each currency a euro buys today; None where nobody said."""
    asked = set(currencies)
    found: dict[str, Decimal | None] = dict.fromkeys(asked)
    if HOUSE in asked:
        found[HOUSE] = Decimal(1)
    others = asked - {HOUSE}
    if others:
        rows = ExchangeRate.objects.filter(currency__in=others, day__lte=clock.today()).order_by("currency", "day")
        found |= {row.currency: row.rate for row in rows}
    return found
