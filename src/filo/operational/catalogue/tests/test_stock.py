"""Stock is promised, shipped and taken back: all of a list or nothing, never more than is there, once each."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import Reservation, StockMove
from filo.operational.catalogue.services.promises import promised_to
from filo.operational.catalogue.services.stock import (
    Lack,
    OutOfStock,
    Source,
    arrive,
    count,
    move,
    release,
    reserve,
    ship,
    take_back,
)
from filo.operational.catalogue.tests.shop import HOUSE, Shop

ORDER = Source("order", uuid4(), "O-2026-0001")


def test_what_is_reserved_is_no_longer_free_and_is_given_back_once(shop: Shop) -> None:
    shop.put("LAMPADA", "centro", 5)
    lamp = shop.variants["LAMPADA"].id
    taken = reserve(HOUSE, [(lamp, None, Decimal(3))], ORDER)
    assert [(one.place_id, one.quantity) for one in taken] == [(shop.places["centro"].id, Decimal(3))]
    assert shop.stock("LAMPADA") == (5, 3)
    assert [one.quantity for one in release(HOUSE, ORDER)] == [Decimal(3)]
    assert release(HOUSE, ORDER) == []
    assert shop.stock("LAMPADA") == (5, 0)
    assert not Reservation.objects.exists()


def test_one_thing_short_and_nothing_is_reserved_and_the_sentence_names_it(shop: Shop) -> None:
    shop.put("LAMPADA", "centro", 5)
    shop.put("GIACCA-M-BLU", "centro", 1)
    lines = [(shop.variants["LAMPADA"].id, None, Decimal(2)), (shop.variants["GIACCA-M-BLU"].id, None, Decimal(4))]
    with pytest.raises(OutOfStock, match=r"GIACCA-M-BLU \(.* 4, .* 1\)") as refused:
        reserve(HOUSE, lines, ORDER)
    assert refused.value.lacks == (Lack(lines[1][0], "GIACCA-M-BLU", Decimal(4), Decimal(1)),)
    assert shop.stock("LAMPADA") == (5, 0)


def test_without_a_place_all_of_it_comes_from_where_all_of_it_lies_else_from_several(shop: Shop) -> None:
    shop.put("LAMPADA", "centro", 2)
    shop.put("LAMPADA", "negozio", 4)
    lamp = shop.variants["LAMPADA"].id
    assert [one.place_id for one in reserve(HOUSE, [(lamp, None, Decimal(3))], ORDER)] == [shop.places["negozio"].id]
    other = Source("order", uuid4())
    assert sorted(one.quantity for one in reserve(HOUSE, [(lamp, None, Decimal(3))], other)) == [1, 2]
    with pytest.raises(OutOfStock):
        reserve(HOUSE, [(lamp, None, Decimal(1))], Source("order", uuid4()))


def test_a_part_leaves_from_what_was_promised_and_the_rest_stays_promised(shop: Shop) -> None:
    shop.put("LAMPADA", "negozio", 5)
    lamp = shop.variants["LAMPADA"].id
    reserve(HOUSE, [(lamp, None, Decimal(4))], ORDER)
    ship(HOUSE, [(lamp, None, Decimal(3))], ORDER)
    assert shop.stock("LAMPADA") == (2, 1)
    assert [one.quantity for one in promised_to(ORDER)] == [1]
    moved = StockMove.objects.get()
    assert (moved.reason, moved.note) == ("shipped", "O-2026-0001")
    assert moved.quantity == -3
    assert moved.left == 2
    take_back(HOUSE, [(lamp, None, Decimal(1))], ORDER)
    assert shop.stock("LAMPADA") == (3, 1)


def test_what_is_promised_to_another_order_does_not_leave(shop: Shop) -> None:
    shop.put("LAMPADA", "centro", 5)
    lamp = shop.variants["LAMPADA"].id
    reserve(HOUSE, [(lamp, None, Decimal(4))], ORDER)
    with pytest.raises(OutOfStock):
        ship(HOUSE, [(lamp, None, Decimal(2))], Source("order", uuid4()))
    assert shop.stock("LAMPADA") == (5, 4)


def test_a_service_needs_no_stock(shop: Shop) -> None:
    work = shop.variants["POSA"].id
    assert reserve(HOUSE, [(work, None, Decimal(8))], ORDER) == []
    assert ship(HOUSE, [(work, None, Decimal(8))], ORDER) == []


@pytest.mark.parametrize("quantity", [Decimal(0), Decimal(-1), Decimal("0.0001"), Decimal("NaN")])
def test_no_negative_no_empty_and_no_finer_quantity_than_is_kept(shop: Shop, quantity: Decimal) -> None:
    with pytest.raises(InvalidFields):
        reserve(HOUSE, [(shop.variants["LAMPADA"].id, None, quantity)], ORDER)


def test_tenths_add_up_exactly(shop: Shop) -> None:
    shop.put("LAMPADA", "centro", 1)
    lamp = shop.variants["LAMPADA"].id
    for _time in range(10):
        reserve(HOUSE, [(lamp, None, Decimal("0.1"))], ORDER)
    assert shop.stock("LAMPADA") == (1, 1)
    assert release(HOUSE, ORDER, [(lamp, None, Decimal("0.3"))])[0].quantity == Decimal("0.3")
    assert shop.stock("LAMPADA") == (1, Decimal("0.7"))


def test_counted_arrived_and_moved(shop: Shop) -> None:
    lamp, centro, shop_floor = shop.variants["LAMPADA"].id, shop.places["centro"], shop.places["negozio"]
    arrive(HOUSE, [(lamp, centro.id, Decimal(10))])
    reserve(HOUSE, [(lamp, centro.id, Decimal(6))], ORDER)
    move(HOUSE, [(lamp, Decimal(4))], out_of=centro, into=shop_floor)
    with pytest.raises(OutOfStock):
        move(HOUSE, [(lamp, Decimal(1))], out_of=centro, into=shop_floor)
    with pytest.raises(InvalidFields):
        count(HOUSE, [(lamp, centro.id, Decimal(5))])
    assert count(HOUSE, [(lamp, centro.id, Decimal(6))]) == []
    assert count(HOUSE, [(lamp, shop_floor.id, Decimal(3))])[0].quantity == -1
    assert shop.stock("LAMPADA") == (9, 6)
