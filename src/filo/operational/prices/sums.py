"""What lines of a document come to: discounts one upon the other, VAT by rate, totals.

The rules, and where they come from:
- a line is rounded to the cent once, after all its discounts (Reg. (EC) 1103/97, article 5: half goes up); what a
  coupon takes off the whole was shared out over the lines in whole cents (`off`) and is taken away after that;
- VAT is reckoned on the sum of each rate, not on each line, and rounded to the cent (DPR 633/72, article 21,
  paragraph 2, letter l; FatturaPA's DatiRiepilogo, checks 00421 and 00422 of the exchange);
- where prices hold VAT, the sum of a rate is what is paid, and its VAT is taken out of it (DPR 633/72, article 27,
  second paragraph: the taxable part is the price divided by 100 plus the rate, times 100).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from filo.foundation.money import ZERO, cents

HUNDRED = Decimal(100)
_STEP = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")


class Line(Protocol):
    """What a line has to tell; `off` besides, where a coupon takes something off it."""

    @property
    def quantity(self) -> Decimal: ...
    @property
    def unit_price(self) -> Decimal: ...
    @property
    def discounts(self) -> str: ...
    @property
    def vat_rate(self) -> Decimal: ...
    @property
    def nature(self) -> str: ...


@dataclass(frozen=True, slots=True)
class VatRow:
    """What falls under one rate: without VAT, VAT, and how it is told."""

    rate: Decimal
    nature: str
    net: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """net: without VAT; vat; total: with VAT; by rate in `rows`, the highest first."""

    net: Decimal
    vat: Decimal
    total: Decimal
    rows: tuple[VatRow, ...]


def read_discounts(text: str) -> tuple[Decimal, ...]:
    """`10+5` (as it is written on Italian price lists: ten per cent, then five on what is left) as percentages.

    Raises `ValueError` where it is not that, or a step is not between 0 and 100.
    """
    told = text.replace("%", "").replace(" ", "")
    if not told:
        return ()
    steps = told.split("+")
    if not all(_STEP.fullmatch(step) for step in steps):
        raise ValueError(text)
    found = tuple(Decimal(step.replace(",", ".")) for step in steps)
    if any(step > HUNDRED for step in found):
        raise ValueError(text)
    return tuple(step for step in found if step)


def written_discounts(steps: Iterable[Decimal]) -> str:
    """The other way: `10+5`."""
    return "+".join(f"{step.normalize():f}" for step in steps if step)


def left_of(steps: Iterable[Decimal]) -> Decimal:
    """What is left of one after discounts that come one upon the other: 0.855 after 10+5."""
    left = Decimal(1)
    for step in steps:
        left *= (HUNDRED - step) / HUNDRED
    return left


def percent_off(steps: Iterable[Decimal]) -> Decimal:
    """How many percent are taken off in all: 14.5 for 10+5."""
    return (1 - left_of(steps)) * HUNDRED


def amount_of(line: Line, currency: str = "EUR") -> Decimal:
    """What a line comes to, to the cent, less what a coupon takes off it; with VAT where its prices hold it."""
    off: Decimal = getattr(line, "off", ZERO)  # what is typed freely knows no coupons
    return cents(line.quantity * line.unit_price * left_of(read_discounts(line.discounts)), currency) - off


def totals_of(lines: Sequence[Line], *, gross: bool = False, currency: str = "EUR") -> Totals:
    """What lines come to together; `gross`: their prices hold VAT."""
    sums: dict[tuple[Decimal, str], Decimal] = {}
    for line in lines:
        key = (line.vat_rate, line.nature)
        sums[key] = sums.get(key, ZERO) + amount_of(line, currency)
    rows = []
    for (rate, nature), amount in sorted(sums.items(), key=lambda one: (-one[0][0], one[0][1])):
        if gross:
            net = cents(amount * HUNDRED / (HUNDRED + rate), currency)
            rows.append(VatRow(rate, nature, net, amount - net))
        else:
            rows.append(VatRow(rate, nature, amount, cents(amount * rate / HUNDRED, currency)))
    net, vat = sum((row.net for row in rows), ZERO), sum((row.vat for row in rows), ZERO)
    return Totals(net, vat, net + vat, tuple(rows))
