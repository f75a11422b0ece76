"""Which list says what one unit costs: the rules of winning, without a database.

Among lists that are for the situation wins the most special (for the one customer, then for the customer's class,
then for more of company, channel and area, then the general), then the one with the higher priority, then the one in
the currency that is asked for, then the cheapest. Within a list wins the most special rule (variant, product, the
nearest category, product line, everything) that the quantity reaches, and of its tiers the highest.

A price that the engine makes (a percentage, a markup, another currency, VAT put on) is rounded to what can be paid;
below one unit of the currency to a hundredth of that. VAT taken out leaves six digits, so that putting it back on
gives the same price to the cent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from filo.foundation.money import smallest
from filo.operational.prices.asking import Reason
from filo.operational.prices.exchange import Rates
from filo.operational.prices.facts import Candidate, Choice, Exact, Goods, ListFacts, RuleFacts, out_of_days
from filo.operational.prices.losers import beaten, done_by, plain, told

HUNDRED = Decimal(100)
_SIX = Decimal("0.000001")


def choose(
    goods: Goods,
    quantity: Decimal,
    lists: Sequence[ListFacts],
    rules: Mapping[tuple[UUID, str], Sequence[RuleFacts]],
    rates: Rates,
    currency: str,
) -> Choice:
    """The price of one unit. Raises `NoRate` where prices of equal right can only be compared by a rate we lack."""
    candidates, reasons = [], []
    for one in lists:
        found, said = _within(one, goods, quantity, rules, rates.day)
        reasons += said
        if found is not None:
            candidates.append(found)
    order = sorted(candidates, key=lambda found: _right(found, currency), reverse=True)
    rivals = [found for found in order if _right(found, currency) == _right(order[0], currency)]
    if len(rivals) > 1:
        rivals.sort(key=lambda found: (_net(found.exact, goods.vat_rate, rates, currency), found.list.code))
    winner = rivals[0] if rivals else None
    if winner is not None:
        lost = [beaten(found, winner, currency) for found in order if found is not winner]
        reasons = [told("list", winner), *lost, *reasons]
    if goods.base is None:
        return Choice(winner.exact if winner else None, winner, tuple(reasons))
    base = Exact(goods.base, goods.currency, gross=False)
    did = {"price": plain(goods.base), "currency": goods.currency}
    reasons.append(Reason("base", "", "", did, won=winner is None, lost="list" if winner else ""))
    return Choice(winner.exact if winner else base, winner, tuple(reasons))


def unit_price(exact: Exact, currency: str, vat_rate: Decimal, rates: Rates, *, gross: bool) -> Decimal:
    """What is asked for one unit, as a document says it: in its currency, with VAT or without. Raises `NoRate`."""
    amount, made = exact.amount, exact.made or exact.currency != currency
    amount = rates.told_in(amount, exact.currency, currency)
    if exact.gross and not gross and vat_rate:
        return (amount * HUNDRED / (HUNDRED + vat_rate)).quantize(_SIX, ROUND_HALF_UP)
    if gross and not exact.gross and vat_rate:
        amount, made = amount * (HUNDRED + vat_rate) / HUNDRED, True
    if not made:
        return amount
    unit = smallest(currency)
    return amount.quantize(unit if amount >= 1 else unit / HUNDRED, ROUND_HALF_UP)


def _right(found: Candidate, currency: str) -> tuple[tuple[int, ...], int, bool]:
    return found.list.special, found.list.priority, found.list.currency == currency


def _within(
    one: ListFacts,
    goods: Goods,
    quantity: Decimal,
    rules: Mapping[tuple[UUID, str], Sequence[RuleFacts]],
    day: date,
) -> tuple[Candidate | None, list[Reason]]:
    """The rule of a list that holds, and why others of it do not; of a list out of its days only that."""
    if (outside := out_of_days(one.valid_from, one.valid_to, day)) and any(
        (one.id, key) in rules for key in goods.keys
    ):
        return None, [Reason("list", one.code, one.name, outside[1], won=False, lost=outside[0])]
    if outside:
        return None, []
    found, said = None, []
    for rule in (rule for key in goods.keys for rule in rules.get((one.id, key), ())):
        lost, did = _why_not(rule, goods, quantity, day)
        exact = None if lost else _exact(rule, one, goods)
        if exact is not None and found is None:
            found = Candidate(one, rule, exact)
            continue
        did = {**done_by(rule, one), **did}
        said.append(Reason("list", one.code, one.name, did, won=False, lost=lost or _less(rule, found)))
    return found, said


def _why_not(rule: RuleFacts, goods: Goods, quantity: Decimal, day: date) -> tuple[str, dict[str, str]]:
    if outside := out_of_days(rule.valid_from, rule.valid_to, day):
        return outside
    if rule.min_quantity > quantity:
        return "from-quantity", {}
    if rule.means == "percent" and goods.base is None:
        return "no-base", {}
    return ("no-cost", {}) if rule.means == "markup" and goods.cost is None else ("", {})


def _less(rule: RuleFacts, found: Candidate | None) -> str:
    same = found is not None and found.rule.about == rule.about
    return "higher-tier" if same else "more-special-rule"


def _exact(rule: RuleFacts, one: ListFacts, goods: Goods) -> Exact | None:
    if rule.means == "price":
        return Exact(rule.value, one.currency, one.gross)
    part, percent = (goods.base, -rule.value) if rule.means == "percent" else (goods.cost, rule.value)
    if part is None:
        return None
    return Exact(part * (HUNDRED + percent) / HUNDRED, goods.currency, gross=False, made=True)


def _net(exact: Exact, vat_rate: Decimal, rates: Rates, currency: str) -> Decimal:
    amount = rates.told_in(exact.amount, exact.currency, currency)
    return amount * HUNDRED / (HUNDRED + vat_rate) if exact.gross else amount
