"""Discounts that come by themselves: which hold for a line, and how they come one upon the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from filo.operational.prices.asking import Reason
from filo.operational.prices.facts import out_of_days
from filo.operational.prices.sums import percent_off

# No line tells more than these, one upon the other.
MOST = 10


@dataclass(frozen=True, slots=True)
class DiscountFacts:
    """What is asked of a discount. about: of what it is, as rules of lists say it."""

    code: str
    name: str
    percent: Decimal
    about: str
    min_quantity: Decimal
    min_total: Decimal
    alone: bool
    valid_from: date | None
    valid_to: date | None


def discounts_of(
    known: Sequence[DiscountFacts],
    keys: Sequence[str],
    quantity: Decimal,
    total: Decimal | None,
    day: date,
    *,
    cascade: bool,
) -> tuple[tuple[Decimal, ...], list[Reason]]:
    """The percentages that hold, in order, and what is to be said about each. total: of the whole, in euro (None: not
    known for want of a rate). cascade: whether the list that won lets anything come on top.
    """
    holding, reasons = [], []
    for one in known:
        if one.about not in keys:
            continue
        lost, did = _why_not(one, quantity, total, day)
        if not lost and not cascade:
            lost = "list-stands-alone"
        if lost:
            reasons.append(_told(one, lost, did))
        else:
            holding.append(one)
    taken = _taken(holding)
    for one in holding:
        reasons.append(_told(one, "" if one in taken else "takes-less" if one.alone else "alone", {}))
    return tuple(one.percent for one in taken), sorted(reasons, key=lambda one: not one.won)


def _taken(holding: Sequence[DiscountFacts]) -> list[DiscountFacts]:
    """All that come together, or the one that wants to be alone: what takes off more."""
    together = [one for one in holding if not one.alone][:MOST]
    alone = max((one for one in holding if one.alone), key=lambda one: one.percent, default=None)
    if alone is not None and alone.percent >= percent_off(one.percent for one in together):
        return [alone]
    return together


def _why_not(one: DiscountFacts, quantity: Decimal, total: Decimal | None, day: date) -> tuple[str, dict[str, str]]:
    if outside := out_of_days(one.valid_from, one.valid_to, day):
        return outside
    if quantity < one.min_quantity:
        return "from-quantity", {"from": f"{one.min_quantity.normalize():f}"}
    if one.min_total and (total is None or total < one.min_total):
        return "min-total", {"total": f"{one.min_total:f}"}
    return "", {}


def _told(one: DiscountFacts, lost: str, did: dict[str, str]) -> Reason:
    told = {"percent": f"{one.percent.normalize():f}", **did}
    return Reason("discount", one.code, one.name, told, won=not lost, lost=lost)
