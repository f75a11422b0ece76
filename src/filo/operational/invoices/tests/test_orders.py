"""From an order to its invoice: once as a whole, or shipment by shipment, and again after all was given back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.foundation.errors import DomainError
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import LineFacts, change_draft, draft_credit, issue_invoice
from filo.operational.invoices.services.orders import bill_order, bill_shipment
from filo.operational.invoices.tests.office import Office, office_of
from filo.operational.orders.models import Order
from filo.operational.orders.tests.counter import JACKET, LAMP, Counter, counter_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(world: World) -> Counter:
    office_of(world)
    return counter_of(world)


def lines_of(invoice: Invoice) -> list[tuple[str, str]]:
    return [(line.code, f"{line.quantity.normalize():f}") for line in invoice.lines.order_by("position")]


def test_an_order_is_billed_once(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    order = counter.confirmed(counter.line(JACKET, "2", discounts="10"), counter.line(LAMP, "1"))
    admin = client_of("admin")
    assert "Fattura l" in admin.get(f"/orders/{order.id}").content.decode()
    made = admin.post(f"/orders/{order.id}/bill")
    invoice = Invoice.objects.get()
    assert made["Location"] == f"/invoices/{invoice.id}"
    assert lines_of(invoice) == [(JACKET, "2"), (LAMP, "1")]
    assert set(invoice.lines.values_list("unit", flat=True)) == {"pz"}
    assert (invoice.net, invoice.total, invoice.order_number) == (order.net, order.total, order.name)
    assert admin.post(f"/orders/{order.id}/bill")["Location"] == f"/invoices/{invoice.id}"
    page = admin.get(f"/orders/{order.id}").content.decode()
    assert "Fattura l" not in page
    assert f"/invoices/{invoice.id}" in page


def test_shipments_are_billed_one_by_one(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    order = counter.confirmed(counter.line(JACKET, "3"), counter.line(LAMP, "1"))
    first = counter.ship(order, {JACKET: "2"})
    admin = client_of("admin")
    admin.post(f"/shipments/{first.id}/bill")
    invoice = Invoice.objects.get()
    assert (lines_of(invoice), invoice.type) == ([(JACKET, "2")], "TD24")
    assert first.name in invoice.cause
    with pytest.raises(DomainError):
        bill_order(counter.principal(), order)
    second = counter.ship(counter.again(order))
    assert lines_of(bill_shipment(counter.principal(), second)) == [(JACKET, "1"), (LAMP, "1")]
    whole = sum((one.net for one in Invoice.objects.all()), Decimal(0))
    assert whole == counter.again(order).net


def test_what_was_given_back_is_billed_anew(counter: Counter) -> None:
    order = counter.confirmed(counter.line(LAMP, "1"))
    someone = counter.principal()
    first = issue_invoice(someone, bill_order(someone, order))
    issue_invoice(someone, draft_credit(someone, first))
    second = bill_order(someone, order)
    assert second.pk != first.pk
    assert lines_of(second) == [(LAMP, "1")]


def test_a_draft_is_not_billed(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    order = counter.draft(counter.line(LAMP, "1"))
    assert client_of("admin").post(f"/orders/{order.id}/bill")["Location"] == f"/orders/{order.id}"
    assert not Invoice.objects.exists()


def test_who_sees_no_invoices_bills_none(counter: Counter, client_of: Callable[[str], CheckedClient]) -> None:
    order = counter.confirmed(counter.line(LAMP, "1"))
    assert client_of("stranger").post(f"/orders/{order.id}/bill").status_code == 404


def test_pages_from_draft_to_credit(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    office: Office = office_of(world)
    draft, admin = office.draft("100.00", "50.00"), client_of("admin")
    assert "Tessuto 1" in admin.get(f"/invoices/{draft.id}").content.decode()
    admin.post(f"/invoices/{draft.id}/issue")
    issued = office.again(draft)
    assert issued.state == "issued"
    assert issued.number in admin.get("/invoices").content.decode()
    with pytest.raises(DomainError):
        change_draft(office.principal(), issued, cause="x")
    assert admin.get(f"/invoices/{draft.id}/pdf")["Content-Type"] == "application/pdf"
    assert b"FatturaElettronica" in admin.get(f"/invoices/{draft.id}/xml").content
    answer = admin.post(f"/invoices/{draft.id}/credit", {"whole": "1"})
    credit = Invoice.objects.exclude(pk=draft.pk).get()
    assert answer["Location"] == f"/invoices/{credit.id}"
    assert credit.total == issued.total


def test_what_a_coupon_took_off_stays_when_the_page_is_saved(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    office = office_of(world)
    lines = [LineFacts(description="Giacca", code="G", quantity=Decimal(2), unit_price=Decimal(100), off=Decimal(10))]
    draft = office.draft(lines=lines)
    row = draft.lines.get()
    posted = {"version": str(draft.version), "line-id": str(row.pk), "line-code": "G", "line-description": "Giacca"}
    posted |= {
        "line-quantity": "4",
        "line-unit_price": "100,00",
        "line-vat": "22",
        "line-unit": "",
        "line-discounts": "",
    }
    facts = {"type": "TD01", "terms": "30 FM", "method": "MP05", "vat_due": "I"}
    client_of("admin").post(f"/invoices/{draft.id}/write", posted | facts)
    kept = office.again(draft).lines.get()
    assert (kept.quantity, kept.off) == (Decimal(4), Decimal(20))


@pytest.mark.parametrize(("reference", "number"), [("PO-4711", "PO-4711"), ("", ""), ("R" * 30, "")])
def test_the_order_that_is_named_is_the_customers_own(counter: Counter, reference: str, number: str) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"))
    Order.objects.filter(pk=order.pk).update(reference=reference)
    invoice = bill_order(counter.principal(), counter.again(order))
    assert invoice.order_number == (number or order.name)
    assert (invoice.order_date is None) == bool(number)
    assert (reference in invoice.cause) == (len(reference) != 7)
