"""Lines of a confirmed order change: what stands keeps the price that was confirmed, and the coupon holds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.operational.catalogue.models import Variant
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order
from filo.operational.orders.queries.finding import draft_of
from filo.operational.orders.services import cancel_order, write_lines
from filo.operational.orders.tests.counter import COAT, JACKET, LAMP, Counter
from filo.operational.prices.models import Coupon, CouponUse

pytestmark = pytest.mark.django_db


def wanted(counter: Counter, order: Order) -> list[LineDraft]:
    return [replace(draft_of(line), id=line.pk) for line in counter.lines(order)]


def prices(counter: Counter, order: Order) -> dict[str, Decimal]:
    return {line.code: line.unit_price for line in counter.lines(order)}


@pytest.fixture
def coupon() -> Coupon:
    facts = {"code": "UNO10", "code_folded": "uno10", "percent": Decimal(10), "limit": 1}
    return Coupon.objects.create(created_at=clock.now(), **facts)


def test_other_lines_keep_their_price_and_new_ones_have_todays(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"), counter.line(LAMP, "1"))
    reasons = counter.lines(order)[0].reasons
    Variant.objects.filter(sku__in=(JACKET, COAT)).update(price=Decimal(150))
    jacket, lamp = wanted(counter, order)
    lines = [replace(jacket, quantity=Decimal(3)), replace(lamp, quantity=Decimal(2)), counter.line(COAT)]
    order = write_lines(counter.principal(), order, lines)
    assert prices(counter, order) == {JACKET: Decimal(100), LAMP: Decimal(250), COAT: Decimal(150)}
    assert order.net == Decimal("950.00")
    kept = counter.lines(order)[0]
    assert (kept.reasons, kept.by_hand) == (reasons, False)


def test_a_draft_is_priced_anew(counter: Counter) -> None:
    order = counter.draft(counter.line(JACKET, "2"))
    Variant.objects.filter(sku=JACKET).update(price=Decimal(150))
    write_lines(counter.principal(), order, wanted(counter, order))
    assert prices(counter, order) == {JACKET: Decimal(150)}


def test_a_price_by_hand_is_said_or_given_up(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, unit_price=Decimal(80)), counter.line(COAT))
    jacket, coat = wanted(counter, order)
    write_lines(counter.principal(), order, [jacket, replace(coat, unit_price=Decimal(70))])
    assert prices(counter, order) == {JACKET: Decimal(80), COAT: Decimal(70)}
    gone = [replace(one, unit_price=None, discounts=None) for one in wanted(counter, order)]
    write_lines(counter.principal(), counter.again(order), gone)
    assert prices(counter, order) == {JACKET: Decimal(100), COAT: Decimal(100)}


def test_a_line_that_is_sent_without_its_id_is_known_by_its_article(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"))
    Variant.objects.filter(sku=JACKET).update(price=Decimal(150))
    write_lines(counter.principal(), order, [counter.line(JACKET, "3"), counter.line(JACKET, "1")])
    assert [line.unit_price for line in counter.lines(order)] == [100, 150]


def test_the_customers_coupon_holds_and_is_used_once(counter: Counter, coupon: Coupon) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"), coupons=[coupon.code])
    (jacket,) = wanted(counter, order)
    order = write_lines(counter.principal(), order, [replace(jacket, quantity=Decimal(3))])
    assert (order.net, counter.lines(order)[0].off) == (Decimal("270.00"), Decimal("30.00"))
    same = write_lines(counter.principal(), order, wanted(counter, order))
    assert same.version == order.version
    coupon.refresh_from_db()
    assert (coupon.used, CouponUse.objects.get().source_id) == (1, order.pk)
    cancel_order(counter.principal(), order)
    coupon.refresh_from_db()
    assert (coupon.used, CouponUse.objects.count()) == (0, 0)
