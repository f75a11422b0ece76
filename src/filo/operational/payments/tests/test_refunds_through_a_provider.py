"""A provider who may have given money back or not is asked again with the same key; nobody gives it back twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from filo.foundation import clock, egress
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.models import Job
from filo.operational.payments.jobs import give_back
from filo.operational.payments.models import Payment, Refund
from filo.operational.payments.providers.card import provider as card
from filo.operational.payments.providers.contract import ProviderFailed
from filo.operational.payments.providers.dialling import answered, post
from filo.operational.payments.services.refunding import refund_payment
from filo.operational.payments.tests.books import Books

pytestmark = pytest.mark.django_db
TOO_SLOW = ProviderFailed("too slow", unsure=True)
DONE = (200, b'{"id": "re_1", "status": "succeeded"}')


class Provider:
    """Answers one by one with what it is given, and keeps the keys that it was asked with."""

    def __init__(self, *answers: ProviderFailed | tuple[int, bytes]) -> None:
        self.answers, self.keys = list(answers), list[str]()

    def post(self, _url: str, *, headers: dict[str, str], content: bytes) -> tuple[int, bytes]:
        assert content
        self.keys.append(headers["Idempotency-Key"])
        answer = self.answers.pop(0)
        if isinstance(answer, ProviderFailed):
            raise answer
        return answer


def paid_by_card(books: Books) -> Payment:
    payment = books.begun(books.due("100.00"), books.card())
    Payment.objects.filter(pk=payment.pk).update(state="succeeded", provider_intent="pi_1")
    return Payment.objects.get(pk=payment.pk)


def refund(books: Books, payment: Payment) -> Refund:
    return refund_payment(books.principal("admin"), payment, amount=Decimal("100.00"), reason="Reso")


@pytest.mark.parametrize("first", [TOO_SLOW, (500, b"{}"), (429, b"{}"), (409, b"{}"), (502, b"<html>"), (200, b"")])
def test_what_may_have_been_given_back_stays_begun_and_is_asked_again(
    books: Books, monkeypatch: pytest.MonkeyPatch, first: ProviderFailed | tuple[int, bytes]
) -> None:
    payment, provider = paid_by_card(books), Provider(first, TOO_SLOW, DONE)
    monkeypatch.setattr(card, "post", provider.post)
    made = refund(books, payment)
    assert Refund.objects.get().state == "begun"
    with pytest.raises(InvalidFields):
        refund(books, payment)
    (job,) = Job.objects.filter(name=give_back.name)
    assert (job.args, job.run_at > clock.now() + timedelta(minutes=1)) == ({"refund": str(made.pk)}, True)
    with pytest.raises(ProviderFailed):
        give_back(JobContext(job, atomic=False), refund=str(made.pk))
    assert Refund.objects.get().state == "begun"
    assert give_back(JobContext(job, atomic=False), refund=str(made.pk)) == 1
    assert give_back(JobContext(job, atomic=False), refund=str(made.pk)) == 1
    assert (Refund.objects.get().state, set(provider.keys)) == ("done", {str(made.pk)})
    assert Payment.objects.get().refunded == Decimal("100.00")


def test_what_he_refuses_is_the_customers_credit_again(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    payment, provider = paid_by_card(books), Provider((402, b'{"error": {"message": "no"}}'))
    monkeypatch.setattr(card, "post", provider.post)
    with pytest.raises(DomainError):
        refund(books, payment)
    assert (Refund.objects.get().state, Payment.objects.get().refunded) == ("failed", Decimal(0))


@pytest.mark.parametrize(("reason", "unsure"), [("too-slow", True), ("garbled", True), ("no-connection", False)])
def test_what_never_arrived_is_known_to_be_undone(monkeypatch: pytest.MonkeyPatch, reason: str, unsure: bool) -> None:
    def call(*_args: object, **_more: object) -> None:
        raise egress.EgressFailed(reason)

    monkeypatch.setattr(egress, "call", call)
    with pytest.raises(ProviderFailed) as failed:
        post("https://api.example/", headers={}, content=b"x")
    assert failed.value.unsure is unsure


def test_a_plain_no_is_not_unsure() -> None:
    with pytest.raises(ProviderFailed) as failed:
        answered(400, b'{"error": {"message": "no such charge"}}')
    assert (failed.value.unsure, failed.value.reason) == (False, "no such charge")
