"""What holds for every price, whatever the numbers: tried with numbers at random."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st

from filo.foundation.money import cents, share_out
from filo.operational.prices.asking import PricedLine
from filo.operational.prices.choosing import choose, unit_price
from filo.operational.prices.exchange import Rate, Rates
from filo.operational.prices.facts import Exact, Goods, ListFacts, RuleFacts, tiers_first
from filo.operational.prices.sums import (
    left_of,
    percent_off,
    read_discounts,
    totals_of,
    written_discounts,
)

DAY = date(2026, 11, 28)
RATES = Rates(DAY, {"USD": Rate(Decimal("1.0834"), DAY), "JPY": Rate(Decimal("163.52"), DAY)})
PRICES = st.decimals(Decimal("0.01"), Decimal(99999), places=2)
FINE = st.decimals(Decimal("0.0001"), Decimal(99999), places=4)
QUANTITIES = st.decimals(Decimal("0.001"), Decimal(10000), places=3)
VAT = st.sampled_from([Decimal(rate) for rate in ("0", "4", "5", "10", "22")])
PERCENT = st.decimals(Decimal(0), Decimal(100), places=2)
LIST = ListFacts(UUID(int=1), "list", "List", "EUR", False, True, (0, 0, 0), 0, None, None)


@given(PRICES, VAT)
def test_with_vat_to_without_and_back_is_the_same_to_the_cent(amount: Decimal, vat: Decimal) -> None:
    net = unit_price(Exact(amount, "EUR", gross=True), "EUR", vat, RATES, gross=False)
    back = unit_price(Exact(net, "EUR", gross=False), "EUR", vat, RATES, gross=True)
    assert cents(back) == amount


@given(st.decimals(Decimal(1), Decimal(99999), places=2), VAT)
def test_without_vat_to_with_and_back_is_the_same_to_the_cent(amount: Decimal, vat: Decimal) -> None:
    gross = unit_price(Exact(amount, "EUR", gross=False), "EUR", vat, RATES, gross=True)
    assert cents(unit_price(Exact(gross, "EUR", gross=True), "EUR", vat, RATES, gross=False)) == amount


@given(
    st.lists(st.tuples(QUANTITIES, FINE, PERCENT, VAT), max_size=12), st.booleans(), st.randoms(use_true_random=False)
)
def test_a_total_is_the_sum_of_its_lines_in_whatever_order(
    facts: list[tuple[Decimal, Decimal, Decimal, Decimal]], gross: bool, shuffle: Random
) -> None:
    lines = [_line(*one) for one in facts]
    totals = totals_of(lines, gross=gross)
    assert totals.net + totals.vat == totals.total
    assert (totals.total if gross else totals.net) == sum((one.amount for one in lines), Decimal(0))
    shuffle.shuffle(lines)
    assert totals_of(lines, gross=gross) == totals


def _line(quantity: Decimal, value: Decimal, off: Decimal, vat: Decimal) -> PricedLine:
    steps = written_discounts([off])
    amount = cents(quantity * value * left_of(read_discounts(steps)))
    return PricedLine(UUID(int=1), "", "", quantity, "pc", value, steps, vat, "", amount, None, ())


@given(
    st.lists(st.tuples(QUANTITIES, FINE), min_size=1, max_size=6, unique_by=lambda one: one[0]),
    st.lists(QUANTITIES, min_size=2, max_size=2),
    st.sampled_from(["EUR", "USD", "JPY"]),
    st.booleans(),
    VAT,
)
def test_if_tiers_fall_more_of_it_is_never_dearer(
    tiers: list[tuple[Decimal, Decimal]], asked: list[Decimal], currency: str, gross: bool, vat: Decimal
) -> None:
    starts = sorted(start for start, _value in tiers)
    values = sorted((value for _start, value in tiers), reverse=True)
    falling = zip(starts, values, strict=True)
    rules = tiers_first(RuleFacts(LIST.id, "", start, "price", value, None, None) for start, value in falling)
    goods = Goods([""], None, None, "EUR", vat)
    few, many = sorted(asked)
    assume(few >= starts[0])
    choices = [choose(goods, amount, [LIST], {(LIST.id, ""): rules}, RATES, currency) for amount in (few, many)]
    dear, cheap = [unit_price(one.exact, currency, vat, RATES, gross=gross) for one in choices if one.exact is not None]
    assert cheap <= dear


@given(
    st.decimals(Decimal(0), Decimal(99999), places=2),
    st.lists(st.decimals(Decimal(0), Decimal(9999), places=2), min_size=1, max_size=40),
)
def test_what_is_shared_out_makes_up_the_whole(total: Decimal, weights: list[Decimal]) -> None:
    assume(sum(weights) > 0)
    parts = share_out(total, weights)
    assert sum(parts) == total
    assert all(part == cents(part) for part in parts)
    if total <= sum(weights):
        assert all(part <= weight for part, weight in zip(parts, weights, strict=True))


@given(st.lists(st.decimals(Decimal("0.01"), Decimal(100), places=2), max_size=5))
def test_discounts_are_read_as_they_are_written(steps: list[Decimal]) -> None:
    assert read_discounts(written_discounts(steps)) == tuple(steps)
    assert 0 <= percent_off(steps) <= 100


def test_ten_and_five_are_fourteen_and_a_half() -> None:
    assert percent_off(read_discounts("10+5")) == Decimal("14.5")
    assert read_discounts(" 10% + 2,5 % ") == (Decimal(10), Decimal("2.5"))
