"""A provider who may have given money back or not is asked again with the same key; nobody gives it back twice."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

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
from filo.operational.payments.services.providing import receive_webhook
from filo.operational.payments.services.refunding import refund_payment
from filo.operational.payments.tests.books import Books, message, signed

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


def refund_said(payment: Payment, kind: str, status: str, *, event: str, **facts: Any) -> bytes:
    """What Stripe posts of one refund: it names neither our payment nor its session."""
    thing: dict[str, Any] = {"id": "re_1", "object": "refund", "client_reference_id": None, "status": status}
    return message(payment, kind, event=event, **thing | facts)


def pending(books: Books, monkeypatch: pytest.MonkeyPatch) -> Payment:
    """A refund that the provider took, and will say later what became of it."""
    payment, provider = paid_by_card(books), Provider((200, b'{"id": "re_1", "status": "pending"}'))
    monkeypatch.setattr(card, "post", provider.post)
    assert refund(books, payment).state == "begun"
    return payment


def heard(payment: Payment, body: bytes) -> str:
    account = payment.account
    assert account is not None
    (event,) = receive_webhook(account, signed(account, body), body)
    return event.state


@pytest.mark.parametrize("kind", ["refund.updated", "charge.refund.updated"])
def test_a_refund_that_was_pending_is_done_when_the_provider_says_so(
    books: Books, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    payment = pending(books, monkeypatch)
    assert heard(payment, refund_said(payment, "refund.created", "pending", event="evt_0")) == "unheard"
    assert heard(payment, refund_said(payment, kind, "succeeded", event="evt_1")) == "done"
    assert heard(payment, refund_said(payment, kind, "succeeded", event="evt_2")) == "late"
    assert (Refund.objects.get().state, Payment.objects.get().refunded) == ("done", Decimal("100.00"))


def test_a_refund_that_comes_back_is_the_customers_credit_once(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    payment = pending(books, monkeypatch)
    heard(payment, refund_said(payment, "refund.updated", "succeeded", event="evt_1"))
    why = {"failure_reason": "expired_or_canceled_card"}
    states = [
        heard(payment, refund_said(payment, kind, "failed", event=kind, **why))
        for kind in ("refund.failed", "refund.updated", "charge.refund.updated")
    ]
    assert states == ["done", "late", "late"]
    found = Refund.objects.get()
    assert (found.state, found.failure) == ("failed", "expired_or_canceled_card")
    payment.refresh_from_db()
    assert (payment.state, payment.refunded, payment.left) == ("succeeded", Decimal(0), Decimal("100.00"))


def test_a_refund_whose_answer_was_lost_is_known_by_its_key(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    payment, provider = paid_by_card(books), Provider(TOO_SLOW)
    monkeypatch.setattr(card, "post", provider.post)
    made = refund(books, payment)
    said = refund_said(payment, "refund.updated", "succeeded", event="evt_1", metadata={"filo_refund": str(made.pk)})
    assert heard(payment, said) == "done"
    assert Refund.objects.get().provider_ref == "re_1"
