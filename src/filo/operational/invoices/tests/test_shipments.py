"""Shipments are billed for what the customer keeps, with their delivery note as data and the days as they are here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import localtime

from filo.foundation import clock
from filo.foundation.errors import DomainError
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.orders import billing_of
from filo.operational.invoices.services import draft_credit, issue_invoice
from filo.operational.invoices.services.orders import bill_order, bill_shipment
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.tests.office import office_of
from filo.operational.invoices.tests.schema import complaints
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.orders.services import return_goods, ship_order
from filo.operational.orders.tests.counter import JACKET, LAMP, Counter, counter_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
D = Decimal
# Half past midnight in Rome, the day before in UTC.
NIGHT = datetime(2026, 10, 20, 22, 30, tzinfo=UTC)


@pytest.fixture
def counter(world: World) -> Counter:
    office_of(world)
    return counter_of(world)


def give_back(counter: Counter, order: Order, quantity: str) -> None:
    line = counter.lines(order)[0]
    return_goods(counter.principal(), counter.again(order), quantities={line.pk: D(quantity)})


def billed(counter: Counter, shipment: Shipment) -> Decimal:
    again = Shipment.objects.select_related("order").get(pk=shipment.pk)
    return sum((line.quantity for line in bill_shipment(counter.principal(), again).lines.all()), D(0))


def test_what_came_back_is_not_asked_for(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "3"))
    shipment = counter.ship(order)
    give_back(counter, order, "2")
    assert billed(counter, shipment) == 1


def test_what_came_back_is_taken_off_once_whichever_shipment_is_billed_first(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "5"))
    first = counter.ship(order, {JACKET: "3"})
    give_back(counter, order, "2")
    assert billed(counter, first) == 1
    second = counter.ship(counter.again(order))
    assert billed(counter, second) == 2


def test_what_came_back_after_it_was_billed_is_credited_and_the_rest_billed(counter: Counter) -> None:
    order, someone = counter.confirmed(counter.line(JACKET, "5")), counter.principal()
    first = counter.ship(order, {JACKET: "3"})
    invoice = issue_invoice(someone, bill_shipment(someone, first))
    give_back(counter, order, "2")
    row = invoice.lines.get()
    issue_invoice(someone, draft_credit(someone, invoice, quantities={row.pk: D(2)}))
    assert billed(counter, counter.ship(counter.again(order))) == 2


def test_nothing_is_billed_of_a_shipment_that_came_back_whole(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"), counter.line(LAMP, "1"))
    shipment = counter.ship(order, {JACKET: "2"})
    give_back(counter, order, "2")
    with pytest.raises(DomainError):
        bill_shipment(counter.principal(), shipment)
    assert not Invoice.objects.exists()


def test_one_article_on_two_lines_is_billed_for_each(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "1"), counter.line(JACKET, "2", discounts="100"))
    paid, given = counter.lines(order)
    second = ship_order(counter.principal(), order, quantities={given.pk: D(2)})
    first = ship_order(counter.principal(), counter.again(order), quantities={paid.pk: D(1)})
    assert (billed(counter, second), billed(counter, first)) == (D(2), D(1))


def test_samples_and_loans_are_not_billed(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"))
    shipment = counter.ship(order, {JACKET: "1"})
    Shipment.objects.filter(pk=shipment.pk).update(cause="loan")
    assert billing_of(counter.principal(), counter.again(order)).shipments == []
    assert client_of("admin").post(f"/shipments/{shipment.pk}/bill")["Location"] == f"/orders/{order.pk}"
    assert not Invoice.objects.exists()


def test_its_delivery_note_stands_in_the_file_and_its_day_says_until_when_it_is_sent(counter: Counter) -> None:
    with clock.at(NIGHT):
        shipment = counter.ship(counter.confirmed(counter.line(JACKET, "1")))
    with clock.at(datetime(2026, 11, 10, 10, 0, tzinfo=UTC)):
        invoice = issue_invoice(counter.principal(), bill_shipment(counter.principal(), shipment))
        made = xml_of(Invoice.objects.select_related("company", "credits").get(pk=invoice.pk))
    assert complaints(made, "FPR12") == []
    (note,) = [one for one in read(made).document.bodies[0].references if one.kind == "ddt"]
    assert (note.number, note.day) == (shipment.name, date(2026, 10, 21))
    assert (invoice.order_date, "21/10/2026" in invoice.cause) == (date(2026, 10, 21), True)
    assert invoice.send_by == date(2026, 11, 15)


def test_the_days_after_a_refusal_begin_on_the_day_it_is_here(counter: Counter) -> None:
    assert Invoice(rejected_at=NIGHT).resend_by == date(2026, 10, 26)


def test_a_coupon_is_shared_out_to_the_cent_over_shipments(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "3"))
    line = counter.lines(order)[0]
    OrderLine.objects.filter(pk=line.pk).update(off=D("0.10"), amount=line.amount - D("0.10"))
    nets = []
    for _time in range(3):
        shipment = counter.ship(counter.again(order), {JACKET: "1"})
        nets.append(bill_shipment(counter.principal(), shipment).net)
    assert sum(nets) == D("299.90")


def test_the_invoice_of_an_order_that_left_before_is_a_deferred_one_with_its_delivery_notes(counter: Counter) -> None:
    order, someone = counter.confirmed(counter.line(JACKET, "3")), counter.principal()
    with clock.at(clock.now() - timedelta(days=3)):
        first = counter.ship(order, {JACKET: "1"})
    part = bill_order(someone, counter.again(order))
    assert (part.type, [name for name, _day in part.delivery_notes]) == ("TD01", [first.name])
    part.delete()
    second = counter.ship(counter.again(order))
    days = [localtime(one.shipped_at).date() for one in (first, second)]
    whole = issue_invoice(someone, bill_order(someone, counter.again(order)))
    assert (whole.type, whole.delivery_notes) == ("TD24", [(first.name, days[0]), (second.name, days[1])])
    assert whole.send_by == (days[0].replace(day=1) + timedelta(days=32)).replace(day=15)


def test_the_invoice_of_what_leaves_today_is_an_immediate_one(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "1"))
    shipment = counter.ship(order)
    invoice = bill_order(counter.principal(), counter.again(order))
    assert (invoice.type, [name for name, _day in invoice.delivery_notes]) == ("TD01", [shipment.name])
