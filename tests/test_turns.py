"""Many writers on SQLite: each has his turn in the order of asking, and nobody is told that the database is locked."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from filo.config.sqlite.turns import Turns
from filo.foundation.numbering.models import Counter
from filo.foundation.numbering.services import take_number
from filo.foundation.organisation.models import SellingCompany


def test_who_asks_first_is_served_first() -> None:
    turns, served, asked = Turns(), [], []
    assert turns.take(1)

    def ask(name: int) -> None:
        asked.append(name)
        assert turns.take(10)
        served.append(name)
        turns.give()

    threads = []
    for name in range(12):
        threads.append(threading.Thread(target=ask, args=(name,)))
        threads[-1].start()
        while len(turns._line) <= name:
            time.sleep(0.001)
    turns.give()
    for thread in threads:
        thread.join()
    assert served == asked == list(range(12))


def test_who_waits_too_long_stands_in_nobodys_way() -> None:
    turns = Turns()
    assert turns.take(1)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0.01)


@pytest.mark.django_db(transaction=True)
def test_fifty_writers_whose_work_takes_longer_than_a_gap() -> None:
    company = SellingCompany.objects.create(code="many", name="Many S.r.l.")

    def write(place: int) -> float:
        began = time.perf_counter()
        try:
            with transaction.atomic():
                take_number(company.pk, "F", 2026)
                time.sleep(0.004)  # what a verb does besides
                if place % 9 == 0:
                    transaction.set_rollback(True)
            return time.perf_counter() - began
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as pool:
        list(pool.map(write, range(300)))
    assert Counter.objects.get(company=company).last == 300 - len(range(0, 300, 9))


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_closed_within_gives_its_turn_back() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite has turns")

    def leave() -> None:
        block = transaction.atomic()
        block.__enter__()
        SellingCompany.objects.create(code="left", name="Left")
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(leave).result()
    SellingCompany.objects.create(code="after", name="After")
    with transaction.atomic():
        SellingCompany.objects.create(code="next", name="Next")
    assert not SellingCompany.objects.filter(code="left").exists()
