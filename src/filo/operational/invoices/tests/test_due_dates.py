"""Terms of payment as firms write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.invoices.vat.due_dates import due_on, read_terms


@pytest.mark.parametrize(
    ("terms", "start", "days"),
    [
        ("", date(2026, 1, 15), [date(2026, 1, 15)]),
        ("30", date(2026, 1, 15), [date(2026, 2, 14)]),
        ("30 FM", date(2026, 1, 15), [date(2026, 2, 28)]),
        ("30 fm", date(2026, 1, 31), [date(2026, 2, 28)]),
        ("60 FM", date(2025, 12, 31), [date(2026, 2, 28)]),
        ("60 FM + 10", date(2026, 1, 15), [date(2026, 4, 10)]),
        ("30/60/90 FM", date(2026, 1, 15), [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]),
        ("30/60", date(2026, 1, 15), [date(2026, 2, 14), date(2026, 3, 16)]),
        ("10 FM", date(2026, 1, 25), [date(2026, 2, 28)]),
    ],
)
def test_terms_become_days(terms: str, start: date, days: list[date]) -> None:
    assert [day for day, _part in due_on(read_terms(terms), start, Decimal(100))] == days


def test_the_parts_make_up_the_whole() -> None:
    parts = [part for _day, part in due_on(read_terms("30/60/90"), date(2026, 1, 1), Decimal("100.00"))]
    assert sum(parts) == 100
    assert sorted(parts) == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]


@pytest.mark.parametrize("terms", ["soon", "30 days", "-30", "1/" * 20 + "1", "30//60"])
def test_terms_that_cannot_be_read_are_refused(terms: str) -> None:
    with pytest.raises(InvalidFields):
        read_terms(terms)
