"""A coupon that held when an order was confirmed holds for that order, whatever became of the coupon since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.errors import DomainError
from filo.operational.orders.models import Order
from filo.operational.orders.queries.finding import draft_of
from filo.operational.orders.services import change_order, reopen_order, write_lines
from filo.operational.orders.tests.counter import COAT, JACKET, LAMP, Counter
from filo.operational.prices.models import Coupon, CouponUse
from filo.operational.prices.services.coupons import use_coupon
from filo.operational.prices.services.discounts import save_coupon
from filo.testing.world import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def a_coupon(code: str = "UNO10", **facts: Any) -> Coupon:
    told = {"code": code, "code_folded": code.casefold(), "valid_to": clock.today(), **facts}
    if "amount" not in told:
        told.setdefault("percent", Decimal(10))
    return Coupon.objects.create(created_at=clock.now(), **told)


def with_quantity(counter: Counter, order: Order, quantity: str) -> Order:
    """The first line changes, the others stay."""
    first, *others = [replace(draft_of(line), id=line.pk) for line in counter.lines(order)]
    return write_lines(counter.principal(), order, [replace(first, quantity=Decimal(quantity)), *others])


def used(coupon: Coupon) -> int:
    coupon.refresh_from_db()
    return coupon.used


@pytest.mark.parametrize(
    "since",
    [
        {"valid_to": clock.today() - DAY},
        {"active": False},
        {"limit": 1},
        {"customer_class": "rivenditori"},
        {"percent": Decimal(5)},
        {"percent": None, "amount": Decimal(1)},
        {"min_total": Decimal(10_000)},
    ],
    ids=["is over", "is out of use", "is used up", "is for others", "takes less", "is a sum", "from more on"],
)
def test_it_holds_for_another_quantity_whatever_became_of_it(counter: Counter, since: dict[str, Any]) -> None:
    coupon = a_coupon()
    order = counter.confirmed(counter.line(JACKET, "2"), coupons=[coupon.code])
    save_coupon(counter.principal(), Coupon.objects.get(), since)
    order = with_quantity(counter, order, "3")
    assert (order.net, counter.lines(order)[0].off) == (Decimal("270.00"), Decimal("30.00"))
    assert (used(coupon), CouponUse.objects.get().source_id) == (1, order.pk)


def test_it_holds_for_lines_that_come_and_go(counter: Counter) -> None:
    coupon = a_coupon(amount=Decimal(30))
    order = counter.confirmed(counter.line(JACKET, "1"), counter.line(LAMP, "1"), coupons=[coupon.code])
    with clock.at(clock.now() + 3 * DAY):
        (jacket, _lamp) = [replace(draft_of(line), id=line.pk) for line in counter.lines(order)]
        order = write_lines(counter.principal(), order, [jacket, counter.line(COAT, "1")])
    assert (order.net, used(coupon)) == (Decimal("170.00"), 1)


def test_below_its_total_it_falls_away_and_comes_back_with_the_quantity(counter: Counter) -> None:
    coupon = a_coupon(min_total=Decimal(150))
    order = counter.confirmed(counter.line(JACKET, "2"), coupons=[coupon.code])
    with clock.at(clock.now() + 3 * DAY):
        order = with_quantity(counter, order, "1")
        assert (order.net, used(coupon), CouponUse.objects.count()) == (Decimal("100.00"), 0, 0)
        order = with_quantity(counter, order, "2")
    assert (order.net, used(coupon)) == (Decimal("180.00"), 1)


def test_what_fell_away_is_free_for_others(counter: Counter, world: World) -> None:
    coupon = a_coupon(min_total=Decimal(150), limit=1)
    order = with_quantity(counter, counter.confirmed(counter.line(JACKET, "2"), coupons=[coupon.code]), "1")
    use_coupon(coupon.pk, world.parties["own"].pk, "order", world.parties["own"].pk)
    order = with_quantity(counter, order, "2")
    assert (order.net, used(coupon)) == (Decimal("200.00"), 1)


def test_two_coupons_hold_each_for_itself(counter: Counter) -> None:
    over, other = a_coupon("PRIMA"), a_coupon("DOPO", amount=Decimal(20), valid_to=None, min_total=Decimal(150))
    order = counter.confirmed(counter.line(JACKET, "2"), coupons=["PRIMA", "DOPO"])
    assert order.net == Decimal("160.00")
    with clock.at(clock.now() + 3 * DAY):
        order = with_quantity(counter, order, "1")
    assert (order.net, used(over), used(other)) == (Decimal("90.00"), 1, 0)


def test_a_code_of_two_words_is_used_as_any_other(counter: Counter) -> None:
    coupon = a_coupon("BLACK FRIDAY", code_folded="blackfriday")
    order = counter.confirmed(counter.line(JACKET, "2"), coupons=["black friday"])
    assert (order.net, used(coupon)) == (Decimal("180.00"), 1)


def test_one_that_is_over_is_not_taken_anew(counter: Counter) -> None:
    coupon = a_coupon(valid_to=clock.today() - DAY)
    order = counter.confirmed(counter.line(JACKET, "2"))
    with pytest.raises(DomainError) as refused:
        change_order(counter.principal(), order, coupons=[coupon.code])
    assert refused.value.code == "order-confirmed"
    order = reopen_order(counter.principal(), order)
    order = change_order(counter.principal(), order, coupons=[coupon.code])
    assert (order.net, used(coupon)) == (Decimal("200.00"), 0)
    late = counter.confirmed(counter.line(JACKET, "2"), coupons=[coupon.code])
    assert (with_quantity(counter, late, "3").net, used(coupon)) == (Decimal("300.00"), 0)
