"""Payments and what is owed at the API: written once, listed, taken back; bad sums are told apart."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from filo.foundation.accounts.tokens import make_token
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.services.settings import keep_cap
from filo.operational.payments.tests.books import Books

pytestmark = pytest.mark.django_db
Asking = Callable[..., Any]


@pytest.fixture
def ask(books: Books) -> Asking:
    _token, secret = make_token(books.principal("inside"), books.world.people["inside"], label="t")

    def asked(method: str, path: str, body: Any = None, **headers: str) -> Any:
        own = {"Authorization": f"Bearer {secret}", **headers}
        return Client().generic(method, f"/api/v1{path}", body or "", content_type="application/json", headers=own)

    return asked


def written(books: Books, amount: str = "40.00") -> str:
    party = books.world.parties["own"].pk
    return (
        f'{{"party": "{party}", "company": "{books.world.companies["moda"].code}", "paid_on": "2026-11-01",'
        f' "sum": {{"amount": "{amount}", "currency": "EUR"}}}}'
    )


def test_a_payment_is_written_once_for_a_key_and_pays_the_oldest(books: Books, ask: Asking) -> None:
    books.due("100.00")
    for _time in range(2):
        answer = ask("POST", "/payments", written(books), **{"Idempotency-Key": "one"})
        assert answer.status_code == 201
    assert Payment.objects.count() == 1
    found = answer.json()
    assert (found["sum"], found["left"]["amount"]) == ({"amount": "40.00", "currency": "EUR"}, "0.00")
    assert found["shares"][0]["amount"] == "40.00"
    assert ask("GET", "/dues").json()["items"][0]["left"]["amount"] == "60.00"
    assert ask("GET", "/payments").json()["count"] == 1
    assert ask("DELETE", f"/payments/{found['id']}").status_code == 204
    assert Due.objects.get().paid == 0


@pytest.mark.parametrize("amount", ["-1", "0", "uno", "1,5", "NaN", "1.234"])
def test_a_sum_that_is_none_is_422(books: Books, ask: Asking, amount: str) -> None:
    assert ask("POST", "/payments", written(books, amount)).status_code == 422
    assert not Payment.objects.exists()


def test_a_payment_is_given_back_once_for_a_key(books: Books, ask: Asking) -> None:
    payment = books.pay("100.00")
    for _time in range(2):
        body = '{"amount": "30.00", "reason": "Reso"}'
        answer = ask("POST", f"/payments/{payment.pk}/refunds", body, **{"Idempotency-Key": "back"})
        assert (answer.status_code, answer.json()["state"]) == (201, "done")
    rows = ask("GET", f"/payments/{payment.pk}/refunds").json()["items"]
    assert [(row["sum"]["amount"], row["reason"]) for row in rows] == [("30.00", "Reso")]
    assert ask("GET", f"/payments/{payment.pk}").json()["refunded"]["amount"] == "30.00"
    for wrong in (
        '{"amount": "80.00", "reason": "Reso"}',
        '{"amount": "-1", "reason": "x"}',
        '{"amount": "1", "reason": ""}',
    ):
        assert ask("POST", f"/payments/{payment.pk}/refunds", wrong).status_code in (409, 422)
    keep_cap(books.principal("admin"), role="inside-sales", most=Decimal("10.00"))
    asked = ask("POST", f"/payments/{payment.pk}/refunds", '{"amount": "20.00", "reason": "Reso"}')
    assert (asked.status_code, asked.json()["state"]) == (201, "asked")
