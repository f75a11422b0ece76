"""A refund made in the provider's dashboard is known by its name there; one that fails later counts no more, whatever
the order in which his messages come and however often.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from filo.operational.payments.models import Due, Payment, ProviderAccount, Refund
from filo.operational.payments.providers.card import provider as card
from filo.operational.payments.providers.contract import ProviderFailed
from filo.operational.payments.services.providing import receive_webhook, retry_waiting
from filo.operational.payments.services.refunding import give_back, refund_payment
from filo.operational.payments.tests.books import Books, message, signed
from filo.operational.payments.tests.test_refunds_through_a_provider import Provider

pytestmark = pytest.mark.django_db
# What Stripe says of two refunds in the dashboard, of which the first comes back; (kind, what of it).
SAID = (
    ("charge.refunded", {"amount_refunded": 3000}),
    ("refund.created", {"id": "re_1", "amount": 3000, "status": "succeeded"}),
    ("charge.refunded", {"amount_refunded": 5000}),
    ("refund.created", {"id": "re_2", "amount": 2000, "status": "pending"}),
    ("refund.failed", {"id": "re_1", "amount": 3000, "status": "failed", "failure_reason": "lost_or_stolen_card"}),
)


def paid(books: Books, account: ProviderAccount) -> Payment:
    """100.00 that came in by card for its due."""
    payment = books.begun(books.due("100.00"), account)
    hear(payment, account, "checkout.session.completed", payment_intent=f"pi_{payment.pk.hex}")
    payment.refresh_from_db()
    return payment


def hear(payment: Payment, account: ProviderAccount, kind: str, event: str = "paid", **facts: Any) -> str:
    """Take in one message of a payment; gives what became of it."""
    known = {"client_reference_id": None} if kind != "checkout.session.completed" else {"id": f"cs_{payment.pk.hex}"}
    facts = {"payment_intent": f"pi_{payment.pk.hex}"} | known | facts
    body = message(payment, kind, event=f"{event}:{payment.pk}", **facts)
    (found,) = receive_webhook(account, signed(account, body), body)
    return found.state


def sums(payment: Payment) -> tuple[Decimal, list[tuple[str, str]]]:
    """What counts as given back, and each refund by its name with its state."""
    rows = Refund.objects.filter(payment=payment).order_by("provider_ref")
    return Payment.objects.get(pk=payment.pk).refunded, [(row.provider_ref, row.state) for row in rows]


def test_a_refund_in_the_dashboard_that_fails_is_the_customers_credit_again(books: Books) -> None:
    account = books.card()
    payment = paid(books, account)
    assert hear(payment, account, "charge.refunded", "e1", amount_refunded=10_000) == "done"
    assert (sums(payment)[0], Due.objects.get().left) == (Decimal("100.00"), Decimal("100.00"))
    facts = {"id": "re_1", "amount": 10_000}
    assert hear(payment, account, "refund.created", "e2", status="succeeded", **facts) == "done"
    assert sums(payment) == (Decimal("100.00"), [("re_1", "done")])
    for event, state in (("e3", "done"), ("e4", "late")):
        assert hear(payment, account, "refund.failed", event, status="failed", **facts) == state
    payment.refresh_from_db()
    assert sums(payment) == (Decimal(0), [("re_1", "failed")])
    assert (payment.state, payment.left, payment.shared) == ("succeeded", Decimal("100.00"), Decimal(0))


def test_of_one_that_is_first_heard_of_when_it_failed_nothing_counts(books: Books) -> None:
    account = books.card()
    payment = paid(books, account)
    hear(payment, account, "charge.refunded", "e1", amount_refunded=4000)
    hear(payment, account, "charge.refund.updated", "e2", id="re_1", amount=4000, status="failed")
    assert sums(payment) == (Decimal(0), [("re_1", "failed")])
    assert hear(payment, account, "charge.refunded", "e3", amount_refunded=4000) == "late"
    assert sums(payment)[0] == 0


@pytest.mark.parametrize("first", range(5))
def test_whatever_their_order_and_however_often_the_sum_is_right_in_the_end(books: Books, first: int) -> None:
    account = books.card()
    for order in list(permutations(range(5)))[first * 24 : first * 24 + 24 : 3]:
        payment = paid(books, account)
        for place in (*order, *order[:2]):
            kind, facts = SAID[place]
            hear(payment, account, kind, f"e{place}", **facts)
        assert sums(payment) == (Decimal("20.00"), [("re_1", "failed"), ("re_2", "begun")]), order
        hear(payment, account, "refund.updated", "e9", id="re_2", amount=2000, status="succeeded")
        hear(payment, account, "refund.updated", "e8", id="re_2", amount=2000, status="pending")
        assert sums(payment) == (Decimal("20.00"), [("re_1", "failed"), ("re_2", "done")]), order


def test_one_that_comes_before_its_payment_waits_for_it(books: Books) -> None:
    account = books.card()
    payment = books.begun(books.due("100.00"), account)
    facts = {"id": "re_1", "amount": 2500, "status": "succeeded"}
    assert hear(payment, account, "refund.created", "e1", **facts) == "waiting"
    hear(payment, account, "checkout.session.completed")
    assert retry_waiting() == 1
    assert sums(payment) == (Decimal("25.00"), [("re_1", "done")])


def test_ours_and_theirs_stand_side_by_side(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    account = books.card()
    payment, provider = paid(books, account), Provider((200, b'{"id": "re_ours", "status": "succeeded"}'))
    monkeypatch.setattr(card, "post", provider.post)
    refund_payment(books.principal("admin"), payment, amount=Decimal("60.00"), reason="Reso")
    assert hear(payment, account, "charge.refunded", "e1", amount_refunded=9000) == "done"
    hear(payment, account, "refund.created", "e2", id="re_theirs", amount=3000, status="succeeded")
    assert sums(payment)[0] == Decimal("90.00")
    hear(payment, account, "refund.failed", "e3", id="re_ours", amount=6000, status="failed")
    assert sums(payment) == (Decimal("30.00"), [("re_ours", "failed"), ("re_theirs", "done")])


def test_what_was_said_while_ours_was_in_doubt_counts_once_ours_never_was(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = books.card()
    lost, refused = ProviderFailed("too slow", unsure=True), (400, b'{"error": {"message": "no"}}')
    payment, provider = paid(books, account), Provider(lost, refused)
    monkeypatch.setattr(card, "post", provider.post)
    ours = refund_payment(books.principal("admin"), payment, amount=Decimal("60.00"), reason="Reso")
    assert hear(payment, account, "charge.refunded", "e1", amount_refunded=4000) == "late"
    with pytest.raises(Exception, match="no"):
        give_back(ours)
    assert sums(payment) == (Decimal("40.00"), [("", "failed")])


def test_never_more_is_given_back_than_came_in(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    account = books.card()
    lost, refused = ProviderFailed("too slow", unsure=True), (400, b'{"error": {"message": "no"}}')
    payment, provider = paid(books, account), Provider(lost, refused)
    monkeypatch.setattr(card, "post", provider.post)
    ours = refund_payment(books.principal("admin"), payment, amount=Decimal("60.00"), reason="Reso")
    hear(payment, account, "refund.created", "e1", id="re_1", amount=10_000, status="succeeded")
    assert sums(payment)[0] == Decimal("100.00")
    with pytest.raises(Exception, match="no"):
        give_back(ours)
    assert sums(payment) == (Decimal("100.00"), [("", "failed"), ("re_1", "done")])
