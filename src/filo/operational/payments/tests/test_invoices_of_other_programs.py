"""An invoice of ours that another program issued is owed, paid and credited here as any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from filo.foundation.events.services import relay_batch
from filo.operational.invoices.fatturapa.document import Body, Reference
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import take_in
from filo.operational.invoices.tests.office import Office, office_of
from filo.operational.invoices.tests.test_written_xml import BODY, DOCUMENT
from filo.operational.payments.models import Due
from filo.operational.payments.tests.books import Books
from filo.testing.world import World

pytestmark = pytest.mark.django_db
NOTE = replace(
    BODY, type="TD04", number="NC1", references=(Reference(kind="invoice", number="12/A", day=date(2026, 11, 28)),)
)


@pytest.fixture
def office(world: World) -> Office:
    return office_of(world)


def read_in(office: Office, *bodies: Body) -> Invoice:
    """The first of a file's invoices, and all that follows from it."""
    (taken,) = take_in(
        office.principal(), [(f"IT1_{bodies[0].number[:2]}.xml", write(replace(DOCUMENT, bodies=bodies)))]
    )
    for _time in range(3):
        relay_batch()
    return office.again(taken.invoices[0])


def test_it_is_owed_by_its_day_and_paid(office: Office) -> None:
    invoice = read_in(office, BODY)
    due = Due.objects.get()
    assert (due.document, due.due_on, due.amount) == ("Fattura 12/A", date(2026, 12, 31), Decimal("122.00"))
    Books(office.world).pay("122.00", who="admin")
    relay_batch()
    assert (office.again(invoice).left, Due.objects.get().left) == (Decimal(0), Decimal(0))


def test_one_that_names_no_days_is_owed_by_its_own(office: Office) -> None:
    read_in(office, replace(BODY, payments=()))
    due = Due.objects.get()
    assert (due.due_on, due.amount) == (date(2026, 11, 28), Decimal("122.00"))


def test_what_a_supplier_asks_is_not_owed_to_us(office: Office) -> None:
    received = replace(DOCUMENT, seller=DOCUMENT.buyer, buyer=DOCUMENT.seller)
    take_in(office.principal(), [("IT1_2.xml", write(received))])
    relay_batch()
    assert (Invoice.objects.get().direction, Due.objects.count()) == ("received", 0)


def test_its_credit_note_takes_off_what_it_names_once(office: Office) -> None:
    invoice = read_in(office, BODY)
    note = read_in(office, NOTE)
    assert (note.credits, office.again(invoice).credited) == (invoice, Decimal("122.00"))
    due = Due.objects.get()
    assert (due.left, due.credited) == (Decimal(0), Decimal("122.00"))


def test_a_credit_note_in_the_same_file_is_tied_as_well(office: Office) -> None:
    read_in(office, BODY, NOTE)
    assert [due.left for due in Due.objects.all()] == [Decimal(0)]


def test_a_credit_note_that_names_nothing_known_opens_and_credits_nothing(office: Office) -> None:
    note = read_in(office, replace(NOTE, references=()))
    assert (note.credits, Due.objects.count()) == (None, 0)
