"""Numbers have no gap and no double, however many take them and whoever gives up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connections, transaction

from filo.foundation.numbering.models import Counter
from filo.foundation.numbering.services import take_number
from filo.foundation.organisation.models import SellingCompany


class GivenUp(Exception):
    """Somebody's transaction ends without its document."""


@pytest.fixture
def company(transactional_db: None) -> SellingCompany:
    return SellingCompany.objects.create(code="numbered", name="Numbered S.r.l.")


def take(company_id: UUID, *, gives_up: bool) -> int:
    try:
        with transaction.atomic():
            number = take_number(company_id, "F", 2026)
            if gives_up:
                raise GivenUp
        return number
    except GivenUp:
        return 0
    finally:
        connections.close_all()


def test_many_at_once_of_whom_some_give_up_leave_no_gap(company: SellingCompany) -> None:
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda place: take(company.id, gives_up=place % 5 == 4), range(60)))
    numbers = sorted(number for number in given if number)
    assert numbers == list(range(1, 49))


def test_companies_series_and_years_count_for_themselves(company: SellingCompany) -> None:
    other = SellingCompany.objects.create(code="other", name="Other S.r.l.")
    with transaction.atomic():
        first = [take_number(company.id, "F", 2026), take_number(company.id, "F", 2026)]
        others = [
            take_number(company.id, "N", 2026),
            take_number(company.id, "F", 2027),
            take_number(other.id, "F", 2026),
        ]
    assert (first, others) == ([1, 2], [1, 1, 1])


def test_without_a_transaction_no_number_is_given(company: SellingCompany) -> None:
    with pytest.raises(RuntimeError):
        take_number(company.id, "F", 2026)
    assert not Counter.objects.exists()
