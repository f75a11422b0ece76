"""Numbers are given in the order of asking: nobody waits many times as long as another."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from filo.foundation.numbering.services import take_number
from filo.foundation.organisation.models import SellingCompany
from filo.testing.served import until

# Not pg_stat_activity: a transaction sees that as it was at its first look.
WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON database = pg_database.oid
WHERE NOT granted AND locktype = 'advisory' AND datname = current_database()
"""

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's writers wait in a line of their own"),
]


def taken(company_id: UUID) -> int:
    try:
        with transaction.atomic():
            return take_number(company_id, "F", 2026)
    finally:
        connections.close_all()


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        found: int = cursor.fetchone()[0]
        return found


def test_who_asked_first_is_served_first() -> None:
    company = SellingCompany.objects.create(code="turns", name="Turns S.r.l.")
    with transaction.atomic():
        assert take_number(company.id, "F", 2026) == 1
    asked: list[Future[int]] = []
    with ThreadPoolExecutor(8) as pool:
        with transaction.atomic():
            assert take_number(company.id, "F", 2026) == 2
            for place in range(1, 9):
                asked.append(pool.submit(taken, company.id))
                assert until(lambda: waiting() == place, seconds=20)  # noqa: B023  (asked and answered in this round)
        assert [one.result() for one in asked] == [3, 4, 5, 6, 7, 8, 9, 10]
