"""Fifty who open requests at the same moment get fifty numbers, none twice and none left out, on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from filo.foundation.access.principal import system
from filo.operational.service.models import Ticket
from filo.operational.service.numbers import FIRST
from filo.operational.service.services import open_ticket

MANY = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_fifty_numbers() -> None:
    barrier = Barrier(MANY)

    def ask(number: int) -> int:
        barrier.wait()
        try:
            return open_ticket(system("mail"), subject=f"Richiesta {number}").serial
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        given = sorted(pool.map(ask, range(MANY)))
    assert given == list(range(FIRST, FIRST + MANY))


@pytest.mark.django_db(transaction=True)
def test_a_request_that_is_not_opened_after_all_takes_no_number() -> None:
    with transaction.atomic():
        open_ticket(system("mail"), subject="Una")
        transaction.set_rollback(True)
    assert open_ticket(system("mail"), subject="Altra").serial == FIRST
    assert Ticket.objects.count() == 1
