"""The sandbox keeps its Idempotency-Keys as Stripe documents them: the same request has the same answer, once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from filo.foundation.jobs.models import Job
from filo.operational.payments.models import ProviderAccount, SandboxAnswer, SandboxSession
from filo.operational.payments.queries.accounts import account_of
from filo.operational.payments.services.sandbox import end_session
from filo.operational.payments.tests.books import Books

pytestmark = pytest.mark.django_db
PRICE = "line_items[0][price_data]"


class Stripe:
    """Who asks the sandbox as our provider does."""

    def __init__(self, account: ProviderAccount) -> None:
        self.base, self.secret = f"/p/pay/sandbox/{account.pk}/v1", account_of(account).secret_key

    def post(self, path: str, fields: dict[str, str], key: str = "") -> Any:
        headers = {"Authorization": f"Bearer {self.secret}"} | ({"Idempotency-Key": key} if key else {})
        return Client().post(f"{self.base}{path}", fields, headers=headers)

    def session(self, cents: str = "10000", key: str = "one") -> Any:
        fields = {
            f"{PRICE}[product_data][name]": "Fattura",
            f"{PRICE}[unit_amount]": cents,
            f"{PRICE}[currency]": "eur",
        }
        fields |= {"success_url": "http://localhost/a", "cancel_url": "http://localhost/b"}
        return self.post("/checkout/sessions", fields, key)

    def paid(self) -> str:
        """A session that was paid; gives its intent."""
        found = SandboxSession.objects.get(pk=self.session(key=str(uuid4())).json()["id"])
        end_session(found, "pay")
        return found.intent


@pytest.fixture
def stripe(books: Books) -> Stripe:
    return Stripe(books.card())


def kind_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["type"]


def test_a_refund_asked_twice_with_one_key_is_given_once_and_answered_alike(stripe: Stripe) -> None:
    fields = {"payment_intent": stripe.paid(), "amount": "3000"}
    sent = Job.objects.filter(name="payments.send_from_sandbox").count()
    first, second = stripe.post("/refunds", fields, "back"), stripe.post("/refunds", fields, "back")
    assert (first.status_code, first.json(), "Idempotent-Replayed" in first) == (200, second.json(), False)
    assert (second.status_code, second["Idempotent-Replayed"]) == (200, "true")
    assert SandboxSession.objects.get().refunded_cents == 3000
    assert Job.objects.filter(name="payments.send_from_sandbox").count() == sent + 1
    other = stripe.post("/refunds", fields, "another")
    assert (other.status_code, other.json()["id"] != first.json()["id"]) == (200, True)
    assert SandboxSession.objects.get().refunded_cents == 6000


def test_one_key_for_another_body_or_address_is_an_idempotency_error(stripe: Stripe) -> None:
    intent = stripe.paid()
    stripe.post("/refunds", {"payment_intent": intent, "amount": "3000"}, "back")
    assert kind_of(stripe.post("/refunds", {"payment_intent": intent, "amount": "3001"}, "back")) == (
        400,
        "idempotency_error",
    )
    assert kind_of(stripe.session(key="back")) == (400, "idempotency_error")
    assert kind_of(stripe.session(key="k" * 256)) == (400, "idempotency_error")
    assert (SandboxSession.objects.count(), SandboxSession.objects.get().refunded_cents) == (1, 3000)


def test_a_session_asked_twice_with_one_key_is_one(stripe: Stripe) -> None:
    first, second = stripe.session(), stripe.session()
    assert (first.json(), second["Idempotent-Replayed"]) == (second.json(), "true")
    assert kind_of(stripe.session("20000")) == (400, "idempotency_error")
    expire = f"/checkout/sessions/{first.json()['id']}/expire"
    answers = [stripe.post(expire, {}, "end") for _time in range(2)]
    assert [(one.status_code, one.json()["status"]) for one in answers] == [(200, "expired")] * 2
    assert SandboxSession.objects.get().cents == 10_000


def test_a_refusal_is_kept_and_what_could_not_be_read_is_not(stripe: Stripe) -> None:
    found = stripe.session()
    intent = SandboxSession.objects.get().intent
    fields = {"payment_intent": intent, "amount": "3000"}
    assert kind_of(stripe.post("/refunds", fields, "early")) == (400, "invalid_request_error")
    assert kind_of(stripe.post("/refunds", fields | {"amount": "x"}, "unread")) == (400, "invalid_request_error")
    end_session(SandboxSession.objects.get(pk=found.json()["id"]), "pay")
    assert kind_of(stripe.post("/refunds", fields, "early")) == (400, "invalid_request_error")
    assert stripe.post("/refunds", fields, "unread").status_code == 200
    assert sorted(SandboxAnswer.objects.values_list("key", flat=True)) == ["early", "one", "unread"]


def test_without_a_key_each_is_its_own(stripe: Stripe) -> None:
    assert stripe.session(key="").json()["id"] != stripe.session(key="").json()["id"]
    assert not SandboxAnswer.objects.exists()


def test_keys_belong_to_one_account(books: Books, stripe: Stripe) -> None:
    stripe.session()
    other = ProviderAccount.objects.get()
    other.pk, other.company = uuid4(), books.world.companies["casa"]
    other.save(force_insert=True)
    assert Stripe(other).session("20000").status_code == 200
