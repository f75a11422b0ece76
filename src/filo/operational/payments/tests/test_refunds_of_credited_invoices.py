"""What was paid of a credited invoice and is given back is not owed again, and nobody is reminded of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.foundation.events.services import relay_batch
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import draft_credit, issue_invoice
from filo.operational.invoices.tests.office import Office, office_of
from filo.operational.payments.models import Due
from filo.operational.payments.queries.reminding import letters_of_today
from filo.operational.payments.services.ready import make_ready
from filo.operational.payments.services.recording import take_back_payment
from filo.operational.payments.services.refunding import refund_payment
from filo.operational.payments.tests.books import Books
from filo.testing.world import World

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def office(world: World) -> Office:
    return office_of(world)


def issued(office: Office) -> Invoice:
    """122.00 with VAT, to be paid at once."""
    invoice = office.issue("100.00", terms="0")
    relayed()
    return invoice


def relayed() -> None:
    for _time in range(3):
        relay_batch()


def credit(office: Office, invoice: Invoice, quantities: Mapping[str, Decimal] | None = None) -> None:
    line = office.again(invoice).lines.get()
    some = {line.pk: quantities["quantity"]} if quantities else None
    issue_invoice(office.principal(), draft_credit(office.principal(), office.again(invoice), quantities=some))
    relayed()


def test_a_credited_invoice_stays_settled_when_its_money_is_given_back_bit_by_bit(office: Office) -> None:
    with clock.at(LONG_AGO):
        invoice = issued(office)
        paid = Books(office.world).pay("122.00", who="admin")
        credit(office, invoice)
        for amount in ("60.00", "62.00"):
            refund_payment(office.principal("admin"), paid, amount=Decimal(amount), reason="Reso")
            relayed()
            assert Due.objects.get().left == 0
    due = Due.objects.get()
    assert (due.paid, due.credited, due.state) == (Decimal(0), Decimal("122.00"), "paid")
    make_ready(office.principal("admin"))
    assert letters_of_today(office.principal("admin")) == []


def test_what_was_credited_of_a_part_is_taken_off_and_the_rest_is_owed(office: Office) -> None:
    invoice = issued(office)
    paid = Books(office.world).pay("122.00", who="admin")
    credit(office, invoice, {"quantity": Decimal("0.5")})
    refund_payment(office.principal("admin"), paid, amount=Decimal("122.00"), reason="Reso")
    relayed()
    due = Due.objects.get()
    assert (due.left, due.credited) == (Decimal("61.00"), Decimal("61.00"))


def test_a_payment_taken_back_after_the_credit_note_leaves_nothing_owed(office: Office) -> None:
    invoice = issued(office)
    paid = Books(office.world).pay("50.00", who="admin")
    credit(office, invoice)
    take_back_payment(office.principal("admin"), paid)
    relayed()
    due = Due.objects.get()
    assert (due.left, due.credited) == (Decimal(0), Decimal("122.00"))
