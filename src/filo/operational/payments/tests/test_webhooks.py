"""What a provider says is taken in once, in whatever order it comes; what is not his is refused and leaves nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from filo.foundation.events.models import OutboxEvent
from filo.operational.payments.models import Due, Payment, ProviderEvent
from filo.operational.payments.providers.contract import Forged
from filo.operational.payments.services.providing import receive_webhook, retry_waiting
from filo.operational.payments.tests.books import Books, message, signed

pytestmark = pytest.mark.django_db
FAILED = "payment_intent.payment_failed"


def received() -> int:
    return OutboxEvent.objects.filter(type="payment.received").count()


def test_a_paid_session_pays_its_due(books: Books) -> None:
    due, card = books.due("100.00"), books.card()
    payment = books.begun(due, card)
    body = message(payment)
    receive_webhook(card, signed(card, body), body)
    payment.refresh_from_db()
    assert (payment.state, payment.shared, payment.provider_intent) == ("succeeded", Decimal("100.00"), "pi_1")
    assert Due.objects.get().state == "paid"


def test_a_message_that_is_repeated_has_its_effect_once(books: Books) -> None:
    card = books.card()
    body = message(books.begun(books.due("100.00"), card))
    for _time in range(5):
        receive_webhook(card, signed(card, body), body)
    assert (ProviderEvent.objects.count(), received()) == (1, 1)
    assert Due.objects.get().paid == Decimal("100.00")


def test_the_same_fact_in_another_message_changes_nothing(books: Books) -> None:
    card = books.card()
    payment = books.begun(books.due("100.00"), card)
    for event in ("evt_1", "evt_2"):
        body = message(payment, event=event)
        receive_webhook(card, signed(card, body), body)
    assert received() == 1
    assert list(ProviderEvent.objects.order_by("event_id").values_list("state", flat=True)) == ["done", "late"]


@pytest.mark.parametrize("first_failed", [True, False])
def test_out_of_order_what_was_paid_stays_paid(books: Books, first_failed: bool) -> None:
    card = books.card()
    payment = books.begun(books.due("100.00"), card)
    paid, failed = message(payment, event="evt_paid"), message(payment, FAILED, event="evt_failed", ago=60)
    for body in (failed, paid) if first_failed else (paid, failed):
        receive_webhook(card, signed(card, body), body)
    payment.refresh_from_db()
    assert (payment.state, payment.shared) == ("succeeded", Decimal("100.00"))


@pytest.mark.parametrize("what", ["unsigned", "other-secret", "changed", "old", "two-moments", "no-json"])
def test_a_forged_message_is_refused_and_leaves_nothing(books: Books, what: str) -> None:
    card = books.card()
    body = message(books.begun(books.due("100.00"), card))
    headers = signed(card, body)
    if what == "unsigned":
        headers = {}
    elif what == "other-secret":
        headers = {"stripe-signature": headers["stripe-signature"][:-4] + "0000"}
    elif what == "changed":
        body = body.replace(b"10000", b"99999")
    elif what == "old":
        headers = signed(card, body, ago=301)
    elif what == "two-moments":
        headers = {"stripe-signature": "t=1," + headers["stripe-signature"]}
    else:
        body = b"[1, 2"
        headers = signed(card, body)
    with pytest.raises(Forged):
        receive_webhook(card, headers, body)
    assert not ProviderEvent.objects.exists()
    assert Payment.objects.get().state == "pending"


def test_a_message_that_comes_before_its_payment_waits_and_is_tried_again(books: Books) -> None:
    card = books.card()
    body = message(None)
    receive_webhook(card, signed(card, body), body)
    assert ProviderEvent.objects.get().state == "waiting"
    assert retry_waiting() == 0
    payment = books.begun(books.due("100.00"), card)
    Payment.objects.filter(pk=payment.pk).update(provider_ref="cs_test_1")
    assert (retry_waiting(), retry_waiting()) == (1, 0)
    assert Payment.objects.get().state == "succeeded"


def test_a_refund_at_the_provider_is_counted_once_and_opens_the_due_again(books: Books) -> None:
    card = books.card()
    payment = books.begun(books.due("100.00"), card)
    paid = message(payment)
    receive_webhook(card, signed(card, paid), paid)
    for event in ("evt_r1", "evt_r2"):
        body = message(payment, "charge.refunded", event=event, amount_refunded=3000)
        receive_webhook(card, signed(card, body), body)
    payment.refresh_from_db()
    assert (payment.refunded, payment.shared, payment.state) == (Decimal("30.00"), Decimal("70.00"), "succeeded")
    assert Due.objects.get().left == Decimal("30.00")


def test_a_refund_that_comes_before_its_payment_waits(books: Books) -> None:
    card = books.card()
    payment = books.begun(books.due("100.00"), card)
    refund = message(payment, "charge.refunded", event="evt_r", amount_refunded=10_000)
    receive_webhook(card, signed(card, refund), refund)
    paid = message(payment, event="evt_p", ago=30)
    receive_webhook(card, signed(card, paid), paid)
    assert retry_waiting() == 1
    assert (Payment.objects.get().state, Due.objects.get().state) == ("refunded", "open")


def test_a_due_that_was_paid_meanwhile_leaves_the_card_payment_as_credit(books: Books) -> None:
    due, card = books.due("100.00"), books.card()
    payment = books.begun(due, card)
    books.pay("100.00")
    body = message(payment)
    receive_webhook(card, signed(card, body), body)
    payment.refresh_from_db()
    assert (payment.left, Due.objects.get().paid) == (Decimal("100.00"), Decimal("100.00"))


def test_at_the_door_a_forged_message_is_400_and_a_true_one_200(books: Books) -> None:
    card = books.card()
    body, client = message(books.begun(books.due("100.00"), card)), Client()
    address = f"/p/pay/hooks/{card.pk}"
    assert client.post(address, body, content_type="application/json").status_code == 400
    true = {"Stripe-Signature": signed(card, body)["stripe-signature"]}
    for _time in range(2):
        assert client.post(address, body, content_type="application/json", headers=true).status_code == 200
    assert received() == 1
    gone = "/p/pay/hooks/01a2019c-7fd7-7c53-bc80-8be9dfea212e"
    assert client.post(gone, body, content_type="application/json", headers=true).status_code == 404
