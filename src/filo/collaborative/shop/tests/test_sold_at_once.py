"""Two hundred buyers, fifty pieces: fifty orders, nothing is oversold, and the losers keep their carts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from filo.collaborative.shop.models import CartLine
from filo.collaborative.shop.services import checkout, put_in_cart
from filo.collaborative.shop.tests.stall import LAMP, Stall
from filo.collaborative.visitors.models import Visitor
from filo.foundation.errors import DomainError
from filo.operational.orders.models import Order
from filo.operational.orders.tests.counter import faults
from filo.operational.payments.models import Due

BUYERS, PIECES = 200, 50
HANDS = 8 if connection.vendor == "postgresql" else 4  # SQLite has one writer, for whom others wait five seconds


@pytest.mark.django_db(transaction=True)
def test_two_hundred_buyers_and_fifty_pieces(stall: Stall) -> None:
    stall.put(LAMP, PIECES)
    buyers = [stall.visitor() for _number in range(BUYERS)]
    for visitor in buyers:
        put_in_cart(visitor, stall.variant(LAMP))
    barrier, said = Barrier(HANDS), set[tuple[str, str]]()

    def buy(job: tuple[int, Visitor]) -> bool:
        number, visitor = job
        if number < HANDS:
            barrier.wait()
        try:
            checkout(visitor, stall.facts(name=f"Anna Verdi{number}", email=f"anna{number}@verdi.example"))
        except DomainError as short:
            said.add((short.code, str(short)))
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(HANDS) as pool:
        sold = sum(pool.map(buy, enumerate(buyers)))
    assert sold == Order.objects.filter(state="confirmed").count() == Due.objects.count() == PIECES
    assert stall.goods.stock(LAMP) == (PIECES, PIECES)
    assert CartLine.objects.filter(cart__ordered_at=None).count() == BUYERS - PIECES
    assert said == {
        (
            "out-of-stock",
            "Lampada da terra: qualcuno è arrivato prima, non ce n’è più. "
            "Il carrello è rimasto com’era: basta toglierlo per proseguire.",
        )
    }
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_one_purchase_from_eight_windows_is_one_order(stall: Stall) -> None:
    visitor, facts = stall.visitor(), stall.facts()
    put_in_cart(visitor, stall.variant(LAMP), 2)

    def press(_time: int) -> object:
        try:
            return checkout(visitor, facts).order.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        assert len(set(pool.map(press, range(HANDS)))) == 1
    assert Order.objects.count() == 1
    assert stall.goods.stock(LAMP) == (10, 2)


@pytest.mark.django_db(transaction=True)
def test_two_devices_of_one_customer_order_their_cart_once(stall: Stall) -> None:
    stall.mail_of("own", "own@customer.example")
    desk, phone = stall.known("own"), stall.known("own")
    put_in_cart(desk, stall.variant(LAMP))
    put_in_cart(phone, stall.variant(LAMP))

    def press(visitor: Visitor) -> str:
        try:
            return str(checkout(visitor, stall.facts(email="own@customer.example")).order.state)
        except DomainError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, (desk, phone))) == ["cart-empty", "confirmed"]
    assert stall.goods.stock(LAMP) == (10, 2)
