"""Many who issue at once, some of whom fall over: no gap, no double, days in order; on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import CompanyLook, SellingCompany
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import LineFacts, draft_invoice, issue_invoice
from filo.operational.parties.models import Address, Party
from filo.testing.served import until

OFFICE = system("test")


class FallenOver(Exception):
    """The process dies between the number and the commit."""


def _company() -> SellingCompany:
    company = SellingCompany.objects.create(code="moda", name="Moda", vat_number="01234567897")
    CompanyLook.objects.create(company=company, street="Via Po 1", postal_code="10124", city="Torino", province="TO")
    return company


def _customer() -> Party:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    party = Party.objects.create(
        kind="organisation",
        display_name="Lanificio",
        sort_name="lanificio",
        vat_number="07643520567",
        created_at=moment,
        updated_at=moment,
    )
    Address.objects.create(party=party, street="Corso Como 10", postal_code="20154", city="Milano", province="MI")
    return party


def issue(draft: UUID, *, falls: bool) -> str:
    try:
        with transaction.atomic():
            found = issue_invoice(OFFICE, Invoice.objects.get(pk=draft))
            if falls:
                raise FallenOver
        return found.number
    except FallenOver:
        return ""
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_of_whom_some_fall_leave_no_gap() -> None:
    company, party = _company(), _customer()
    lines = [LineFacts(description="Filo")]
    drafts = [draft_invoice(OFFICE, party=party, company=company, lines=lines) for _number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda pair: issue(pair[1].pk, falls=pair[0] % 7 == 3), enumerate(drafts)))
    numbers = sorted(one or 0 for one in Invoice.objects.exclude(serial=None).values_list("serial", flat=True))
    assert numbers == list(range(1, len([one for one in given if one]) + 1))
    assert len(numbers) == 34
    days = [str(day) for day in Invoice.objects.order_by("serial").values_list("date", flat=True) if day]
    assert days == sorted(days)


# Not pg_stat_activity: a transaction sees that as it was at its first look. Who waits for a row waits for whoever
# holds it, which is a lock of no database.
WAITING = """
SELECT count(*) FROM pg_locks WHERE NOT granted AND pid IN (
    SELECT pid FROM pg_locks JOIN pg_database ON database = pg_database.oid WHERE datname = current_database()
)
"""


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        found: int = cursor.fetchone()[0]
        return found


def issue_on(draft: UUID, day: date) -> str:
    try:
        return issue_invoice(OFFICE, Invoice.objects.get(pk=draft), on=day).number
    except InvalidFields as refused:
        return str(refused.fields["date"][0])
    finally:
        connections.close_all()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite nobody reads while another writes a number")
def test_of_two_who_begin_a_series_the_second_sees_the_day_of_the_first() -> None:
    company, party = _company(), _customer()
    drafts = [
        draft_invoice(OFFICE, party=party, company=company, lines=[LineFacts(description="Filo")]).pk for _one in "ab"
    ]
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            issue_invoice(OFFICE, Invoice.objects.get(pk=drafts[0]), on=date(2026, 11, 20))
            second = pool.submit(issue_on, drafts[1], date(2026, 11, 19))
            assert until(lambda: waiting() == 1, seconds=20)
        assert "1/2026" in second.result()
    assert list(Invoice.objects.exclude(serial=None).values_list("serial", flat=True)) == [1]
