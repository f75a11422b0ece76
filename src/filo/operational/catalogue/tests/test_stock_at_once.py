"""Two hundred buyers, fifty pieces, three lines each in any order: fifty are sold and nobody waits in a circle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from random import Random
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from filo.operational.catalogue.models import Reservation, Stock
from filo.operational.catalogue.services.stock import OutOfStock, Source, release, reserve, ship
from filo.operational.catalogue.tests.shop import HOUSE, open_shop

BUYERS, PIECES, HANDS = 200, 50, 8
SKUS = ("GIACCA-M-BLU", "GIACCA-L-BLU", "LAMPADA")


@pytest.mark.django_db(transaction=True)
def test_two_hundred_buyers_and_fifty_pieces() -> None:
    shop = open_shop()
    for sku in SKUS:
        shop.put(sku, "centro", PIECES - 20)
        shop.put(sku, "negozio", 20)
    variants = [shop.variants[sku].id for sku in SKUS]
    barrier = Barrier(HANDS)

    def buy(number: int) -> UUID | None:
        if number < HANDS:
            barrier.wait()
        order = Source("order", uuid4())
        mine = list(variants)
        Random(number).shuffle(mine)
        try:
            with transaction.atomic():
                reserve(HOUSE, [(variant, None, Decimal(1)) for variant in mine], order)
        except OutOfStock:
            return None
        finally:
            connection.close()
        return order.id

    with ThreadPoolExecutor(HANDS) as pool:
        sold = [one for one in pool.map(buy, range(BUYERS)) if one]
    assert len(sold) == PIECES
    assert [shop.stock(sku) for sku in SKUS] == [(PIECES, PIECES)] * 3
    assert Reservation.objects.count() == 3 * PIECES


@pytest.mark.django_db(transaction=True)
def test_those_who_give_back_and_those_who_ship_at_once_leave_sums_that_agree() -> None:
    shop = open_shop()
    shop.put("LAMPADA", "centro", PIECES)
    lamp = shop.variants["LAMPADA"].id
    orders = [Source("order", uuid4()) for _one in range(25)]
    for order in orders:
        reserve(HOUSE, [(lamp, None, Decimal(2))], order)

    def end(job: tuple[Source, bool]) -> None:
        order, goes = job
        try:
            if goes:
                ship(HOUSE, [(lamp, None, Decimal(1))], order)
            else:
                release(HOUSE, order)
        except OutOfStock:
            pass  # given back by the other before it left, and taken by a third
        finally:
            connection.close()

    jobs = [(order, goes) for order in orders for goes in (True, False, False)]
    Random(7).shuffle(jobs)
    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(end, jobs))
    row = Stock.objects.get(variant=lamp)
    assert row.on_hand == PIECES - len(orders)
    assert row.reserved == 0
    assert not Reservation.objects.exists()
