"""What an earlier version left of dues is found by *Health*, and mended by saying the verbs again."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.foundation.events.services import relay_batch
from filo.foundation.health.checkup import Level
from filo.foundation.notices.models import Notice
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import draft_credit, issue_invoice
from filo.operational.invoices.tests.office import Office, office_of
from filo.operational.invoices.tests.test_written_xml import BODY
from filo.operational.payments.checking import look
from filo.operational.payments.models import Due
from filo.operational.payments.services.reminding import tell_overdue
from filo.operational.payments.services.repairing import repair
from filo.operational.payments.tests.books import CLERK, Books
from filo.operational.payments.tests.test_invoices_of_other_programs import read_in
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(world: World) -> Office:
    return office_of(world)


def relayed() -> None:
    for _time in range(3):
        relay_batch()


def kept_without_dues(office: Office) -> Invoice:
    """As an earlier version kept an invoice of another program."""
    invoice = read_in(office, BODY)
    Due.objects.all().delete()
    Invoice.objects.update(created_at=clock.now() - timedelta(days=1))
    return invoice


def owed_though_credited(office: Office) -> Invoice:
    """As an earlier version left it once the money of a credited invoice was given back."""
    invoice = office.issue("100.00", terms="0")
    relayed()
    issue_invoice(office.principal(), draft_credit(office.principal(), office.again(invoice)))
    relayed()
    Due.objects.filter(source_id=invoice.pk).update(credited=0, settled_on=None)
    return invoice


def found() -> tuple[Level, list[str]]:
    finding = look()
    return finding.level, [much for _what, much in finding.figures]


def test_where_all_agrees_nothing_is_found_and_nothing_mended(office: Office) -> None:
    office.issue("100.00", terms="0")
    relayed()
    Books(office.world).due("50.00", late=20)
    before = list(Due.objects.order_by("pk").values())
    assert (found(), repair(CLERK)) == ((Level.GOOD, []), 0)
    assert list(Due.objects.order_by("pk").values()) == before


def test_a_kept_invoice_that_nobody_was_asked_to_pay_is_owed_once(office: Office) -> None:
    kept_without_dues(office)
    assert found() == (Level.WARN, ["1"])
    assert [repair(CLERK) for _time in range(2)] == [1, 0]
    relayed()
    due = Due.objects.get()
    assert (due.document, due.amount, found()) == ("Fattura 12/A", Decimal("122.00"), (Level.GOOD, []))


def test_nobody_is_told_of_each_old_one_that_it_is_late(office: Office) -> None:
    kept_without_dues(office)
    with clock.at(clock.now() + timedelta(days=400)):
        repair(CLERK)
        assert tell_overdue(CLERK) == 0
    assert not Notice.objects.filter(kind="due.overdue").exists()


def test_an_invoice_of_which_something_was_paid_is_left_to_a_person(office: Office) -> None:
    invoice = kept_without_dues(office)
    Invoice.objects.filter(pk=invoice.pk).update(paid=Decimal("1.00"))
    assert (found(), repair(CLERK)) == ((Level.GOOD, []), 0)


def test_what_was_credited_is_not_owed_any_more(office: Office) -> None:
    owed_though_credited(office)
    assert found() == (Level.WARN, ["1"])
    assert [repair(CLERK) for _time in range(2)] == [1, 0]
    due = Due.objects.get()
    assert (due.left, due.credited, found()) == (Decimal(0), Decimal("122.00"), (Level.GOOD, []))


def test_of_a_part_that_was_credited_only_the_rest_is_owed(office: Office) -> None:
    invoice = owed_though_credited(office)
    Invoice.objects.filter(pk=invoice.pk).update(credited=Decimal("22.00"))
    assert repair(CLERK) == 1
    assert (Due.objects.get().left, found()[0]) == (Decimal("100.00"), Level.GOOD)
