"""Customers are reminded by steps, each once; not of what they dispute or have paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filo.foundation.errors import InvalidFields
from filo.foundation.mail.models import OutgoingMail
from filo.operational.parties.models import ContactPoint
from filo.operational.payments.bank.interest import late_interest
from filo.operational.payments.models import Reminder
from filo.operational.payments.queries.reminding import letters_of_today
from filo.operational.payments.services.dues import dispute_due
from filo.operational.payments.services.ready import make_ready
from filo.operational.payments.services.reminding import send_reminders
from filo.operational.payments.services.settings import keep_step
from filo.operational.payments.tests.books import Books

RATES = [(date(2026, 1, 1), Decimal("10.00")), (date(2026, 7, 1), Decimal("12.00"))]


def test_interest_runs_from_the_day_after_and_changes_with_the_rate() -> None:
    found = late_interest(Decimal(36500), due_on=date(2026, 6, 20), until=date(2026, 7, 10), rates=RATES)
    assert found == Decimal("220.00")  # ten days of 10.00 and ten of 12.00
    assert late_interest(Decimal(100), due_on=date(2026, 6, 20), until=date(2026, 6, 20), rates=RATES) == 0


@pytest.mark.django_db
def test_the_last_step_that_has_come_is_sent_once(books: Books) -> None:
    make_ready(books.principal("admin"))
    due = books.due("100.00", late=16)
    letter = letters_of_today(books.principal())[0]
    assert (letter.step.after_days, letter.to) == (15, "info@lanificio.example")
    assert "{{" not in letter.text + letter.subject
    assert [send_reminders(books.principal(), [due.pk]) for _time in range(2)] == [1, 0]
    assert OutgoingMail.objects.count() == Reminder.objects.count() == 1
    assert letters_of_today(books.principal()) == []


@pytest.mark.django_db
def test_nobody_is_reminded_of_what_is_disputed_or_paid(books: Books) -> None:
    make_ready(books.principal("admin"))
    disputed = books.due("50.00", late=20, document="Fattura 2026/50", party="shared")
    dispute_due(books.principal(), disputed, "Merce difettosa")
    paid = books.due("100.00", late=20)
    books.pay("100.00")
    assert letters_of_today(books.principal()) == []
    assert send_reminders(books.principal(), [disputed.pk, paid.pk]) == 0


@pytest.mark.django_db
def test_a_letter_with_a_word_that_means_nothing_is_refused(books: Books) -> None:
    with pytest.raises(InvalidFields):
        keep_step(
            books.principal("admin"),
            None,
            after_days=3,
            subject_it="x",
            text_it="{{ custmer }}",
            subject_en="x",
            text_en="x",
        )


@pytest.mark.django_db
def test_a_reminder_goes_to_the_address_that_is_preferred(books: Books) -> None:
    make_ready(books.principal("admin"))
    due = books.due("100.00", late=16)
    due.party.contact_points.update(preferred=False)
    value = "contabilita@lanificio.example"
    ContactPoint.objects.create(
        party=due.party, type="email", value=value, normalised=value, preferred=True, position=9
    )
    assert [letter.to for letter in letters_of_today(books.principal())] == [value]
