"""Two hundred who try a coupon at the same moment use it as often as it may be, and not once more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from filo.foundation.ids import uuid7
from filo.operational.parties.models import Party
from filo.operational.prices.models import Coupon, CouponUse
from filo.operational.prices.services.coupons import CouponRefused, give_back, use_coupon
from filo.operational.prices.tests.shop import WHEN

TRIES, AT_ONCE, LIMIT = 200, 20, 10


def a_coupon(**facts: object) -> Coupon:
    told = {"code": "DIECI", "code_folded": "dieci", "percent": Decimal(10), "created_at": WHEN, **facts}
    return Coupon.objects.create(**told)


@pytest.mark.django_db(transaction=True)
def test_two_hundred_tries_and_ten_uses() -> None:
    coupon = a_coupon(limit=LIMIT, once_each=False)
    assert sum(_at_once([(coupon.id, None, uuid7()) for _try in range(TRIES)])) == LIMIT
    coupon.refresh_from_db()
    assert coupon.used == CouponUse.objects.count() == LIMIT


@pytest.mark.django_db(transaction=True)
def test_once_each_holds_for_who_orders_twice_at_once() -> None:
    coupon = a_coupon(limit=None)
    party = Party.objects.create(kind="person", display_name="A", sort_name="a", created_at=WHEN, updated_at=WHEN)
    assert sum(_at_once([(coupon.id, party.id, uuid7()) for _try in range(AT_ONCE)])) == 1
    coupon.refresh_from_db()
    assert coupon.used == CouponUse.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_order_told_many_times_uses_it_once_and_gives_it_back_once() -> None:
    coupon, order = a_coupon(limit=1), uuid7()
    assert sum(_at_once([(coupon.id, None, order) for _try in range(AT_ONCE)])) == AT_ONCE
    coupon.refresh_from_db()
    assert coupon.used == CouponUse.objects.count() == 1
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _try: _given_back(order), range(8))) == 1
    coupon.refresh_from_db()
    assert coupon.used == CouponUse.objects.count() == 0


def _given_back(order: UUID) -> int:
    try:
        return give_back("order", order)
    finally:
        connection.close()


def _at_once(tries: list[tuple[UUID, UUID | None, UUID]]) -> list[bool]:
    barrier = Barrier(AT_ONCE)

    def use(one: tuple[UUID, UUID | None, UUID]) -> bool:
        barrier.wait()
        try:
            use_coupon(one[0], one[1], "order", one[2])
        except CouponRefused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(use, tries))
