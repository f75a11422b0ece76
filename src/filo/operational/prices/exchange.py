"""One currency told in another, by the rate of a day; rates are what one euro bought, as the ECB publishes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from filo.foundation.amounts import day_words
from filo.foundation.errors import DomainError

EURO = "EUR"


class NoRate(DomainError):
    """A sum cannot be told in another currency: nobody said what it was worth by that day."""

    code = "no-exchange-rate"

    def __init__(self, currency: str, day: date) -> None:
        told = {"currency": currency, "day": day_words(day)}
        super().__init__(_("There is no exchange rate for %(currency)s on %(day)s or before it.") % told)
        self.currency = currency


@dataclass(frozen=True, slots=True)
class Rate:
    """What one euro bought of a currency, and since which day that holds."""

    value: Decimal
    since: date


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates that held on one day."""

    day: date
    known: Mapping[str, Rate]

    def of(self, currency: str) -> Decimal:
        """What one euro bought. Raises `NoRate`."""
        if currency == EURO:
            return Decimal(1)
        if currency not in self.known:
            raise NoRate(currency, self.day)
        return self.known[currency].value

    def told_in(self, amount: Decimal, currency: str, other: str) -> Decimal:
        """A sum of one currency in another, not rounded. Raises `NoRate`."""
        return amount if currency == other else amount / self.of(currency) * self.of(other)
