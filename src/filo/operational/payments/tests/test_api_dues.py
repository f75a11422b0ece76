"""What is owed, at the API: made by hand, read, disputed; and what a payment pays, said anew."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from filo.foundation import clock
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.services.recording import take_back_payment
from filo.operational.payments.tests.books import Books
from filo.testing.api import ApiClient, api_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(books: Books) -> ApiClient:
    return api_of(books.world, "inside")


def body_of(books: Books, amount: str = "100.00", **more: Any) -> dict[str, Any]:
    facts = {"party": str(books.world.parties["own"].pk), "company": books.world.companies["moda"].code}
    days = {"document_on": "2026-10-01", "due_on": "2026-10-31"}
    return facts | days | {"document": "Saldo 2025", "sum": {"amount": amount, "currency": "EUR"}} | more


def test_a_due_is_made_once_for_a_key_and_read(books: Books, inside: ApiClient) -> None:
    for _time in range(2):
        made = inside.send("/dues", body_of(books), Idempotency_Key="one")
        assert (made.status_code, made["Location"]) == (201, f"/api/v1/dues/{Due.objects.get().pk}")
    found = inside.read(made["Location"].removeprefix("/api/v1")).json()
    assert {**found, "pay_url": ""} == {**made.json(), "pay_url": ""}  # its signature holds the moment
    assert (found["kind"], found["document"], found["left"]["amount"]) == ("opening", "Saldo 2025", "100.00")
    assert (found["paid_by"], found["reminders"], found["version"]) == ([], [], 1)


@pytest.mark.parametrize("amount", ["-1", "0", "uno", "1,5", "NaN", "1.234", "1e30", "100000000000"])
def test_a_sum_that_is_none_is_refused_with_a_sentence(books: Books, inside: ApiClient, amount: str) -> None:
    answer = inside.send("/dues", body_of(books, amount))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["amount"])


@pytest.mark.parametrize(
    ("field", "value"),
    [("company", "nessuna"), ("party", "01a2019c-7fd7-7c53-bc80-8be9dfea212e"), ("document", "  "), ("colour", "red")],
)
def test_what_is_wrong_is_named(books: Books, inside: ApiClient, field: str, value: str) -> None:
    answer = inside.send("/dues", body_of(books, **{field: value}))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_a_due_is_disputed_and_owed_after_all(books: Books, inside: ApiClient) -> None:
    due = books.due("100.00", late=10)
    path = f"/dues/{due.pk}"
    first = inside.read(path)
    assert inside.send(f"{path}/dispute", {"reason": " "}).json()["fields"].keys() == {"reason"}
    said = inside.send(f"{path}/dispute", {"reason": "Merce difettosa"}, If_Match=first["ETag"])
    assert (said.json()["state"], said.json()["dispute"]) == ("disputed", "Merce difettosa")
    assert inside.send(f"{path}/end-dispute", If_Match=first["ETag"]).status_code == 412
    for _time in range(2):
        ended = inside.send(f"{path}/end-dispute").json()
        assert (ended["state"], ended["disputed_at"], ended["version"]) == ("overdue", None, 3)
    books.pay("100.00")
    paid = inside.send(f"{path}/dispute", {"reason": "Tardi"})
    assert (paid.status_code, paid.json()["code"]) == (409, "due-settled")


def test_a_due_says_what_paid_it_and_who_may_see_that(books: Books, inside: ApiClient) -> None:
    due, payment = books.due("100.00", late=10), books.pay("40.00")
    (part,) = inside.read(f"/dues/{due.pk}").json()["paid_by"]
    paid_on = clock.today().isoformat()
    assert part == {"payment": str(payment.pk), "paid_on": paid_on, "amount": "40.00", "delay": 10}
    assert api_of(books.world, "stranger").read(f"/dues/{due.pk}").status_code == 404
    assert api_of(books.world, "stranger").send(f"/dues/{due.pk}/end-dispute").status_code == 403
    agent = api_of(books.world, "agent")
    assert agent.read(f"/dues/{due.pk}").status_code == 200
    assert agent.send(f"/dues/{due.pk}/dispute", {"reason": "No"}).status_code == 403


def test_what_a_payment_pays_is_said_anew_unless_somebody_was_first(books: Books, inside: ApiClient) -> None:
    old, new = books.due("100.00", late=20), books.due("80.00", document="Fattura 2026/44")
    payment = books.pay("60.00")
    path = f"/payments/{payment.pk}"
    first = inside.read(path)
    shares = [{"due": str(new.pk), "amount": "50.00"}]
    found = inside.send(f"{path}/share", {"shares": shares}, If_Match=first["ETag"]).json()
    assert ([one["due"] for one in found["shares"]], found["left"]["amount"]) == ([str(new.pk)], "10.00")
    assert inside.send(f"{path}/share", {"shares": []}, If_Match=first["ETag"]).status_code == 412
    old.refresh_from_db()
    assert (old.paid, Due.objects.get(pk=new.pk).paid) == (Decimal(0), Decimal(50))
    assert inside.send(f"{path}/share", {"shares": []}).json()["left"]["amount"] == "60.00"


@pytest.mark.parametrize("amount", ["60.01", "-1.00", "0.001", "tanto"])
def test_what_cannot_be_shared_is_refused_with_a_sentence(books: Books, inside: ApiClient, amount: str) -> None:
    due, payment = books.due("100.00"), books.pay("60.00")
    answer = inside.send(f"/payments/{payment.pk}/share", {"shares": [{"due": str(due.pk), "amount": amount}]})
    assert (answer.status_code, answer.json()["fields"].keys() <= {"shares", "amount"}) == (422, True)


def test_more_than_is_owed_and_a_due_that_is_not_there_are_refused(books: Books, inside: ApiClient) -> None:
    due, payment = books.due("10.00"), books.pay("60.00")
    for wrong in (
        [{"due": str(due.pk), "amount": "10.01"}],
        [{"due": "01a2019c-7fd7-7c53-bc80-8be9dfea212e", "amount": "1.00"}],
        [{"due": str(due.pk), "amount": "1.00"}, {"due": str(due.pk), "amount": "2.00"}],
    ):
        answer = inside.send(f"/payments/{payment.pk}/share", {"shares": wrong})
        assert (answer.status_code, list(answer.json()["fields"])) == (422, ["shares"])
    assert api_of(books.world, "agent").send(f"/payments/{payment.pk}/share", {"shares": []}).status_code == 403


def test_a_payment_that_was_taken_back_is_restored_once(books: Books, inside: ApiClient) -> None:
    due, payment = books.due("100.00"), books.pay("40.00")
    path = f"/payments/{payment.pk}/restore"
    assert inside.send(path).status_code == 404
    take_back_payment(books.principal(), payment)
    books.pay("70.00")
    found = inside.send(path).json()
    assert [(one["due"], one["amount"]) for one in found["shares"]] == [(str(due.pk), "30.00")]
    assert inside.send(path).status_code == 404
    take_back_payment(books.principal(), Payment.objects.get(pk=payment.pk))
    assert api_of(books.world, "stranger").send(path).status_code == 404
    assert api_of(books.world, "agent").send(path).status_code == 403
