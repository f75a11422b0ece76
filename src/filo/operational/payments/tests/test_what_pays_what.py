"""Payments pay dues: the oldest first, never more than is owed, never more than came in."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.models import OutboxEvent
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.services.dues import credit_source, dispute_due, open_due
from filo.operational.payments.services.recording import record_payment, restore_payment, take_back_payment
from filo.operational.payments.services.sharing import share_payment
from filo.operational.payments.tests.books import CLERK, Books

pytestmark = pytest.mark.django_db


def state(due: Due) -> tuple[str, str]:
    due.refresh_from_db()
    return str(due.left), due.state


def test_the_oldest_is_paid_first(books: Books) -> None:
    newer, older = books.due("100.00", late=1), books.due("50.00", late=40)
    payment = books.pay("80.00")
    assert (state(older), state(newer)) == (("0.00", "paid"), ("70.00", "overdue"))
    assert (payment.shared, payment.left) == (Decimal("80.00"), Decimal("0.00"))


def test_what_is_beyond_stays_the_customers_credit(books: Books) -> None:
    due = books.due("100.00")
    payment = books.pay("130.00")
    assert state(due) == ("0.00", "paid")
    assert payment.left == Decimal("30.00")
    later = books.due("20.00", document="Fattura 2026/40")
    share_payment(books.principal(), payment, {due.pk: Decimal(100), later.pk: Decimal(20)})
    assert state(later) == ("0.00", "paid")
    assert Payment.objects.get().left == Decimal("10.00")


def test_no_share_is_more_than_is_owed_or_than_came_in(books: Books) -> None:
    due, other = books.due("100.00"), books.due("100.00", document="Fattura 2026/32")
    payment = books.pay("120.00")
    with pytest.raises(InvalidFields):
        share_payment(books.principal(), payment, {due.pk: Decimal(101)})
    with pytest.raises(InvalidFields):
        share_payment(books.principal(), payment, {due.pk: Decimal(100), other.pk: Decimal(21)})
    assert {state(due)[0], state(other)[0]} == {"0.00", "80.00"}


def test_the_database_itself_refuses_more_than_is_owed(books: Books) -> None:
    due = books.due("100.00")
    with pytest.raises(IntegrityError), transaction.atomic():
        Due.objects.filter(pk=due.pk).update(paid=Decimal("100.01"))
    payment = books.pay("10.00")
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(refunded=Decimal("0.01"))


def test_what_was_written_down_by_mistake_is_taken_back_and_restored(books: Books) -> None:
    due = books.due("100.00")
    payment = books.pay("60.00")
    take_back_payment(books.principal(), payment)
    take_back_payment(books.principal(), payment)
    assert state(due) == ("100.00", "open")
    assert not Payment.objects.visible_to(books.principal()).exists()
    restore_payment(books.principal(), payment)
    assert state(due) == ("40.00", "part")
    assert Payment.objects.get().shared == Decimal("60.00")


def test_a_form_sent_twice_is_one_payment(books: Books) -> None:
    due, key = books.due("100.00"), uuid4()
    for _time in range(2):
        record_payment(books.principal(), books.facts("60.00"), key=key)
    assert Payment.objects.count() == 1
    assert state(due)[0] == "40.00"
    assert OutboxEvent.objects.filter(type="payment.received").count() == 1


def test_a_due_of_the_same_source_is_opened_once(books: Books) -> None:
    due = books.due("100.00")
    again = open_due(
        CLERK,
        party=due.party,
        company=due.company,
        document=due.document,
        document_on=due.document_on,
        due_on=due.due_on,
        amount=due.amount,
        source_id=due.source_id,
    )
    assert again.pk == due.pk
    assert OutboxEvent.objects.filter(type="due.opened").count() == 1


def test_a_credit_note_takes_off_what_is_open_and_says_what_is_beyond(books: Books) -> None:
    due = books.due("100.00")
    books.pay("70.00")
    beyond = credit_source(books.principal(), kind=due.kind, source_id=due.source_id, amount=Decimal(50))
    assert beyond == Decimal("20.00")
    assert state(due) == ("0.00", "paid")


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "Infinity", "0.001", "1000000000000"])
def test_a_sum_that_is_none_is_refused(books: Books, amount: str) -> None:
    with pytest.raises(InvalidFields):
        books.pay(amount)
    assert not Payment.objects.exists()


def test_who_may_not_edit_takes_back_only_ones_own_slip(books: Books) -> None:
    own = books.pay("10.00", who="agent")
    others = books.pay("10.00")
    assert take_back_payment(books.principal("agent"), own).taken_back_at
    with pytest.raises(Forbidden):
        take_back_payment(books.principal("agent"), others)


def test_a_dispute_says_why_and_ends_with_the_payment(books: Books) -> None:
    due = books.due("100.00", late=10)
    with pytest.raises(InvalidFields):
        dispute_due(books.principal(), due, " ")
    assert dispute_due(books.principal(), due, "Merce difettosa").state == "disputed"
    books.pay("100.00")
    assert state(due) == ("0.00", "paid")
