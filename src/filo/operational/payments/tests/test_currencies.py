"""Sums of one currency are never added to those of another."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from filo.foundation import clock
from filo.operational.payments.bank.lines import Booking
from filo.operational.payments.bank.matching import Open, best_match
from filo.operational.payments.queries.history import history_of
from filo.operational.payments.services.dues import open_due
from filo.operational.payments.services.recording import record_payment
from filo.operational.payments.tests.books import Books


@pytest.mark.django_db
def test_what_was_paid_in_a_month_stands_by_currency(books: Books) -> None:
    admin, party = books.principal("admin"), books.world.parties["own"]
    for currency in ("EUR", "USD"):
        open_due(
            admin,
            party=party,
            company=books.world.companies["moda"],
            document=f"Fattura {currency}",
            document_on=clock.today(),
            due_on=clock.today(),
            amount=Decimal(100),
            currency=currency,
        )
        record_payment(admin, books.facts("100.00", currency=currency))
    months = history_of(admin, party).months
    assert [(month.currency, month.amount) for month in months] == [("EUR", Decimal(100)), ("USD", Decimal(100))]


@pytest.mark.parametrize(("currency", "reason"), [("EUR", "sum-of-all"), ("USD", "other-sum")])
def test_all_that_is_owed_is_all_of_the_lines_currency(currency: str, reason: str) -> None:
    party, day = uuid4(), clock.today()
    dues = [
        Open(uuid4(), party, "Fattura 2026/31", "Lanificio Bassi", Decimal(100), day),
        Open(uuid4(), party, "Fattura 2026/32", "Lanificio Bassi", Decimal(50), day, currency),
    ]
    line = Booking(1, day, Decimal(150), "Lanificio Bassi fattura 31/2026")
    found = best_match(line, dues, {})
    assert found is not None
    assert reason in found.reasons
