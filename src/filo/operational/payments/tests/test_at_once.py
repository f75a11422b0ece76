"""Many at once, on both engines: no due is ever paid beyond its amount, no message has its effect twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import Sum

from filo.operational.payments.models import NOTHING, Due, Payment, PaymentShare
from filo.operational.payments.services.providing import receive_webhook
from filo.operational.payments.services.recording import record_payment
from filo.operational.payments.tests.books import CLERK, Books, message, signed
from filo.testing.world import build_world

MANY = 50


@pytest.fixture
def shop(transactional_db: None) -> Books:
    return Books(build_world())


def all_at_once(*verbs: Callable[[], object]) -> None:
    barrier = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> None:
        barrier.wait()
        try:
            verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        list(pool.map(run, verbs))


def balanced() -> bool:
    """Whether what dues and payments say of themselves is what the shares say."""
    shares = PaymentShare.objects
    for due in Due.objects.all():
        if due.paid != (shares.filter(due=due).aggregate(all=Sum("amount"))["all"] or NOTHING):
            return False
    for payment in Payment.objects.all():
        if payment.shared != (shares.filter(payment=payment).aggregate(all=Sum("amount"))["all"] or NOTHING):
            return False
    return True


def test_fifty_payments_on_one_due(shop: Books) -> None:
    due = shop.due("100.00")
    facts = shop.facts("10.00")
    all_at_once(*(lambda: record_payment(CLERK, facts) for _number in range(MANY)))
    due.refresh_from_db()
    assert (due.paid, due.state) == (Decimal("100.00"), "paid")
    assert Payment.objects.count() == MANY
    assert sum((one.left for one in Payment.objects.all()), NOTHING) == Decimal("400.00")
    assert balanced()


def test_fifty_times_the_same_message(shop: Books) -> None:
    due, card = shop.due("100.00"), shop.card()
    body = message(shop.begun(due, card))
    headers = signed(card, body)
    all_at_once(*(lambda: receive_webhook(card, headers, body) for _number in range(MANY)))
    due.refresh_from_db()
    assert (due.paid, Payment.objects.get().shared) == (Decimal("100.00"), Decimal("100.00"))
    assert balanced()


def test_a_message_and_a_payment_by_hand_at_the_same_moment(shop: Books) -> None:
    due, card = shop.due("100.00"), shop.card()
    body = message(shop.begun(due, card))
    headers, facts = signed(card, body), shop.facts("100.00")
    all_at_once(lambda: receive_webhook(card, headers, body), lambda: record_payment(CLERK, facts))
    due.refresh_from_db()
    assert due.paid == Decimal("100.00")
    assert sum((one.left for one in Payment.objects.all()), NOTHING) == Decimal("100.00")
    assert balanced()
