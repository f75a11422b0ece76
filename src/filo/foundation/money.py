"""Sums of money: decimal, with their currency, rounded by one rule that is named here.

Cents are rounded to the nearest one, and half a cent goes up (away from zero), as Council Regulation (EC) 1103/97,
article 5, has it for sums in euro; Italian invoices follow it (DPR 633/72, article 21, and the euro's introduction,
D.Lgs. 213/98, article 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
# Digits after the sign where they are not two (ISO 4217), of currencies that our customers pay in.
_DIGITS = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "HUF": 2, "KWD": 3, "BHD": 3, "TND": 3, "JOD": 3, "OMR": 3}
CURRENCIES = (
    *("EUR", "USD", "GBP", "CHF", "JPY", "AUD", "BGN", "BRL", "CAD", "CNY", "CZK", "DKK", "HKD", "HUF", "IDR", "ILS"),
    *("INR", "ISK", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "ZAR"),
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in a currency (ISO 4217)."""

    amount: Decimal
    currency: str = "EUR"

    def rounded(self) -> Money:
        """To what can be paid in its currency."""
        return Money(cents(self.amount, self.currency), self.currency)


def smallest(currency: str = "EUR") -> Decimal:
    """The smallest sum that can be paid in a currency: 0.01 for the euro."""
    return Decimal(1).scaleb(-_DIGITS.get(currency, 2))


def cents(amount: Decimal, currency: str = "EUR") -> Decimal:
    """An amount to what can be paid in its currency; half goes away from zero (Reg. (EC) 1103/97, art. 5)."""
    return amount.quantize(smallest(currency), ROUND_HALF_UP)


def share_out(total: Decimal, weights: list[Decimal], currency: str = "EUR") -> list[Decimal]:
    """A sum divided by weights, so that the parts make up the whole to the cent (largest remainders first)."""
    whole, unit = sum(weights, ZERO), smallest(currency)
    if not weights or whole == 0:
        return [ZERO for _weight in weights]
    exact = [total * weight / whole for weight in weights]
    parts = [(one / unit).to_integral_value(rounding="ROUND_FLOOR") * unit for one in exact]
    left = int((total - sum(parts, ZERO)) / unit)
    for place in sorted(range(len(parts)), key=lambda at: parts[at] - exact[at])[:left]:
        parts[place] += unit
    return parts
