"""What left in a month for one customer is billed with one deferred invoice, each delivery once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import DomainError
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.deliveries import deliveries_waiting, waiting
from filo.operational.invoices.queries.orders import asked_of, billing_of
from filo.operational.invoices.queries.paper import print_invoice
from filo.operational.invoices.services import draft_credit, issue_invoice
from filo.operational.invoices.services.deliveries import bill_shipments
from filo.operational.invoices.services.orders import bill_order, bill_shipment
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.tests.office import office_of
from filo.operational.invoices.tests.schema import complaints
from filo.operational.orders.models import Order, Shipment
from filo.operational.orders.services import return_goods
from filo.operational.orders.tests.counter import JACKET, LAMP, Counter, counter_of
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
D = Decimal


def on(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 10, 0, tzinfo=UTC)


@pytest.fixture
def counter(world: World) -> Counter:
    office_of(world)
    return counter_of(world)


def left_on(counter: Counter, day: int, *, month: int = 10, quantity: str = "1", sku: str = JACKET) -> Shipment:
    """An order of its own that left whole on a day."""
    with clock.at(on(day, month)):
        return again(counter.ship(counter.confirmed(counter.line(sku, quantity))))


def again(shipment: Shipment) -> Shipment:
    return Shipment.objects.select_related("order__party", "order__bill_party", "order__company").get(pk=shipment.pk)


def waits(counter: Counter) -> list[Shipment]:
    return list(deliveries_waiting(counter.principal()))


def issued(counter: Counter, *shipments: Shipment) -> Invoice:
    with clock.at(on(10, 11)):
        return issue_invoice(counter.principal(), bill_shipments(counter.principal(), shipments))


def give_back(counter: Counter, shipment: Shipment, quantity: str) -> None:
    order = counter.again(shipment.order)
    return_goods(counter.principal(), order, quantities={counter.lines(order)[0].pk: D(quantity)})


def test_one_invoice_bills_what_left_in_a_month_and_its_file_says_which_line_left_with_what(counter: Counter) -> None:
    first, second = left_on(counter, 5, quantity="2"), left_on(counter, 20, sku=LAMP)
    invoice = issued(counter, second, first)
    assert (invoice.type, invoice.net) == ("TD24", D("450.00"))
    assert invoice.send_by == datetime(2026, 11, 15, tzinfo=UTC).date()
    made = xml_of(Invoice.objects.select_related("company", "credits").get(pk=invoice.pk))
    assert complaints(made, "FPR12") == []
    body = read(made).document.bodies[0]
    notes = [(one.number, one.day, one.lines) for one in body.references if one.kind == "ddt"]
    days = [datetime(2026, 10, day, tzinfo=UTC).date() for day in (5, 20)]
    assert notes == [(first.name, days[0], (1,)), (second.name, days[1], (2,))]
    assert print_invoice(invoice).startswith(b"%PDF")


def test_each_delivery_is_billed_once_however_it_is_billed(counter: Counter) -> None:
    someone, one, other, third = counter.principal(), *(left_on(counter, day) for day in (5, 6, 7))
    draft = bill_shipments(someone, [one, other])
    assert waits(counter) == [third]
    assert bill_shipment(someone, one) == draft
    with pytest.raises(DomainError, match=one.name):
        bill_shipments(someone, [third, one])
    with pytest.raises(DomainError):
        bill_order(someone, counter.again(one.order))
    assert Invoice.objects.count() == 1
    draft.delete()
    assert waits(counter) == [one, other, third]


def test_an_order_tells_which_invoice_billed_it_with_others(counter: Counter) -> None:
    one, other = left_on(counter, 5), left_on(counter, 6)
    invoice = bill_shipments(counter.principal(), [one, other])
    for shipment in (one, other):
        billing = billing_of(counter.principal(), counter.again(shipment.order))
        assert (billing.invoices, billing.whole, billing.shipments) == ([invoice], False, [])


def test_what_belongs_to_other_months_or_payers_is_not_put_together(counter: Counter, world: World) -> None:
    october, september = left_on(counter, 5), left_on(counter, 30, month=9)
    with pytest.raises(DomainError, match="in un mese"):
        bill_shipments(counter.principal(), [october, september])
    other = left_on(counter, 6)
    Order.objects.filter(pk=other.order_id).update(bill_party=world.parties["shared"])
    with pytest.raises(DomainError, match="a un cliente"):
        bill_shipments(counter.principal(), [october, again(other)])
    assert [group.by.isoformat() for group in waiting(counter.principal())] == [
        "2026-10-15",
        "2026-11-15",
        "2026-11-15",
    ]
    assert not Invoice.objects.exists()


def test_the_month_is_that_of_here(counter: Counter) -> None:
    with clock.at(datetime(2026, 9, 30, 22, 30, tzinfo=UTC)):  # half past midnight of the first in Rome
        night = again(counter.ship(counter.confirmed(counter.line(JACKET, "1"))))
    assert issued(counter, night, left_on(counter, 31)).net == D("200.00")


def test_lines_of_another_order_do_not_count_as_billed_of_this_one(counter: Counter) -> None:
    """Both orders are of the same article: what the other has on the invoice is not taken off this one."""
    order = counter.confirmed(counter.line(JACKET, "2"))
    with clock.at(on(5)):
        first = again(counter.ship(order, {JACKET: "1"}))
    issued(counter, first, left_on(counter, 6, quantity="3"))
    with clock.at(on(7)):
        second = again(counter.ship(counter.again(order)))
    assert bill_shipment(counter.principal(), second).net == D("100.00")


def test_what_came_back_is_not_asked_for_and_what_came_back_whole_does_not_wait(counter: Counter) -> None:
    part, whole = left_on(counter, 5, quantity="3"), left_on(counter, 6)
    give_back(counter, part, "2")
    give_back(counter, whole, "1")
    assert waits(counter) == [part]
    assert bill_shipments(counter.principal(), [part, again(whole)]).net == D("100.00")


def test_two_deliveries_of_one_order_share_a_return_and_name_the_order(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "5"))
    with clock.at(on(5)):
        first = again(counter.ship(order, {JACKET: "3"}))
    with clock.at(on(6)):
        second = again(counter.ship(counter.again(order)))
    give_back(counter, first, "1")
    invoice = bill_shipments(counter.principal(), [first, again(second)])
    assert (invoice.net, invoice.order_number) == (D("400.00"), counter.again(order).name)


def test_several_orders_of_the_buyer_stand_in_the_cause(counter: Counter) -> None:
    shipments = [left_on(counter, 5), left_on(counter, 6)]
    for at, shipment in enumerate(shipments, 1):
        Order.objects.filter(pk=shipment.order_id).update(reference=f"PO-{at}")
    invoice = bill_shipments(counter.principal(), [again(one) for one in shipments])
    assert (invoice.order_number, "PO-1, PO-2" in invoice.cause) == ("", True)


def test_samples_are_refused_and_do_not_wait(counter: Counter) -> None:
    sample = left_on(counter, 5)
    Shipment.objects.filter(pk=sample.pk).update(cause="loan")
    assert waits(counter) == []
    with pytest.raises(DomainError):
        bill_shipments(counter.principal(), [again(sample)])


def test_what_was_credited_waits_again_and_counts_no_more(counter: Counter) -> None:
    one, other = left_on(counter, 5), left_on(counter, 6, quantity="2")
    invoice, someone = issued(counter, one, other), counter.principal()
    assert [asked_of(counter.again(at.order)) for at in (one, other)] == [D("122.00"), D("244.00")]
    rows = list(invoice.lines.all())
    with clock.at(on(11, 11)):
        issue_invoice(someone, draft_credit(someone, invoice, quantities={rows[1].pk: D(1)}))
    assert asked_of(counter.again(other.order)) == D("122.00")
    with clock.at(on(12, 11)):
        left = Invoice.objects.get(pk=invoice.pk)
        issue_invoice(someone, draft_credit(someone, left, quantities={row.pk: D(1) for row in rows}))
    assert waits(counter) == [one, other]
    assert asked_of(counter.again(one.order)) == 0


def test_a_line_that_is_written_anew_still_bills_its_delivery_and_one_that_is_dropped_waits(counter: Counter) -> None:
    one, other = left_on(counter, 5), left_on(counter, 6)
    invoice = bill_shipments(counter.principal(), [one, other])
    lines = [{"id": str(invoice.lines.all()[0].pk), "code": "X", "description": "Giacca", "unit_price": "90.00"}]
    admin = api_of(counter.world, "admin")
    admin.change(f"/invoices/{invoice.pk}", {"lines": lines}, If_Match='"1"')
    assert Invoice.objects.get().net == D("90.00")
    assert waits(counter) == [other]


def test_the_page_drafts_one_invoice_for_each_customer_and_month_and_takes_them_back(
    counter: Counter, client_of: Callable[[str], CheckedClient]
) -> None:
    shipments = [left_on(counter, 5), left_on(counter, 6), left_on(counter, 7, month=9)]
    page = client_of("admin").get("/invoices/deliveries")
    assert all(shipment.name in page.content.decode() for shipment in shipments)
    answer = client_of("admin").post("/invoices/deliveries", {"shipment": [str(one.pk) for one in shipments]})
    assert answer["Location"] == "/invoices?view=draft"
    assert [one.net for one in Invoice.objects.order_by("net")] == [D("100.00"), D("200.00")]
    operation = AuditEntry.objects.filter(action="invoice.draft").values_list("operation", flat=True).distinct().get()
    undo_operation(counter.principal(), operation)
    assert (Invoice.objects.exists(), waits(counter)) == (False, [shipments[2], *shipments[:2]])


def test_one_of_them_is_drafted_alone_and_opened(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    october, september = left_on(counter, 5), left_on(counter, 7, month=9)
    only = waiting(counter.principal())[1].common.name
    posted = {"shipment": [str(october.pk), str(september.pk)], "only": only}
    answer = client_of("admin").post("/invoices/deliveries", posted)
    assert answer["Location"] == f"/invoices/{Invoice.objects.get().pk}"
    assert waits(counter) == [september]


def test_what_private_customers_bought_waits_apart_and_is_billed_for_whom_asks(
    counter: Counter, client_of: Callable[[str], CheckedClient]
) -> None:
    with clock.at(on(5)):
        order = counter.confirmed(counter.line(JACKET, "1"), party="contact")
        shipment = again(counter.ship(order))
    firms, private = (client_of("admin").get(f"/invoices/deliveries{who}") for who in ("", "?who=private"))
    assert shipment.name not in firms.content.decode()
    assert f'value="{shipment.pk}">' in private.content.decode()
    (group,) = waiting(counter.principal(), private=True)
    client_of("admin").post("/invoices/deliveries?who=private", {"only": group.common.name})
    assert Invoice.objects.get().party == counter.world.parties["contact"]


def test_nothing_ticked_is_told(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    left_on(counter, 5)
    answer = client_of("admin").post("/invoices/deliveries", {}, follow=True)
    assert "Scegli che cosa fatturare" in answer.content.decode()
    assert not Invoice.objects.exists()


def test_who_does_not_see_an_order_neither_sees_nor_bills_its_delivery(
    counter: Counter, client_of: Callable[[str], CheckedClient]
) -> None:
    shipment = left_on(counter, 5)
    Order.objects.filter(pk=shipment.order_id).update(owner=None, unit=None, party=counter.world.parties["southern"])
    assert not deliveries_waiting(counter.world.principal("agent")).exists()
    client_of("agent").post("/invoices/deliveries", {"shipment": [str(shipment.pk)]})
    assert not Invoice.objects.exists()


def test_the_api_lists_what_waits_and_bills_it_together(counter: Counter) -> None:
    one, other = left_on(counter, 5), left_on(counter, 6)
    admin = api_of(counter.world, "admin")
    items = admin.read("/shipments/unbilled").json()["items"]
    assert [(item["number"], item["month"], item["amount"]) for item in items] == [
        (one.name, "2026-10-01", "100.00"),
        (other.name, "2026-10-01", "100.00"),
    ]
    made = admin.send("/shipments/bill", {"shipments": [item["id"] for item in items]})
    assert made.status_code == 201
    told = made.json()
    assert (told["type"], told["source"], [line["shipment"] for line in told["lines"]]) == (
        "TD24",
        {"kind": "shipments", "id": None},
        [str(one.pk), str(other.pk)],
    )
    assert admin.send("/shipments/bill", {"shipments": [items[0]["id"]]}).status_code == 409
    assert admin.read("/shipments/unbilled").json()["count"] == 0
