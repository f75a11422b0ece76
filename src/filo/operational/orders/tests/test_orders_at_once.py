"""Two hundred buyers, fifty pieces, three lines each: fifty orders are confirmed, with numbers without a gap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest
from django.db import connection

from filo.operational.catalogue.services.stock import OutOfStock
from filo.operational.orders.models import Order
from filo.operational.orders.services import confirm_order, order_from_quote
from filo.operational.orders.tests.counter import COAT, JACKET, LAMP, Counter, faults
from filo.operational.quotes.models import Quote
from filo.operational.quotes.services import draft_quote

BUYERS, PIECES, HANDS = 200, 50, 8


@pytest.mark.django_db(transaction=True)
def test_two_hundred_buyers_and_fifty_pieces(counter: Counter) -> None:
    for sku in (JACKET, COAT, LAMP):
        counter.shop.put(sku, "centro", PIECES)
    drafts = []
    for number in range(BUYERS):
        lines = [counter.line(sku) for sku in (JACKET, COAT, LAMP)]
        Random(number).shuffle(lines)
        drafts.append(counter.draft(*lines))
    principal, barrier = counter.principal(), Barrier(HANDS)

    def buy(job: tuple[int, Order]) -> bool:
        number, order = job
        if number < HANDS:
            barrier.wait()
        try:
            confirm_order(principal, order)
        except OutOfStock:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(HANDS) as pool:
        sold = sum(pool.map(buy, enumerate(drafts)))
    assert sold == PIECES
    numbers = Order.objects.filter(state="confirmed").order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, PIECES + 1))
    assert [counter.stock(sku) for sku in (JACKET, COAT, LAMP)] == [(PIECES, PIECES)] * 3
    assert faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_quote_makes_one_order_however_often_it_is_clicked(counter: Counter) -> None:
    principal = counter.principal()
    quote = draft_quote(principal, party=counter.world.parties["own"])
    Quote.objects.filter(pk=quote.pk).update(state="accepted", year=2026, number=1, sent_at=quote.created_at)

    def click(_time: int) -> object:
        try:
            return order_from_quote(principal, quote).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        assert len(set(pool.map(click, range(HANDS)))) == 1
    assert Order.objects.count() == 1
