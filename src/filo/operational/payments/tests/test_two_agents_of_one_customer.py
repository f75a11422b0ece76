"""Two agents sell to one customer: each sees what he sold, from the quote to the payment, and not the other's."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.foundation.events.services import relay_batch
from filo.operational.catalogue.models import Product
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import draft_credit, issue_invoice
from filo.operational.invoices.tests.office import BUYER_VAT, office_of
from filo.operational.orders.models import Order
from filo.operational.orders.services import order_from_quote
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.services.recording import PaymentFacts, record_payment
from filo.operational.quotes.tests.desk import Desk, desk_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
SELLERS = [("agent", "teammate"), ("teammate", "agent")]


@pytest.fixture
def desk(world: World) -> Desk:
    office_of(world)
    shared = world.parties["shared"]
    Party.objects.filter(pk=shared.pk).update(vat_number=BUYER_VAT, sdi_code="ABCDEF1")
    shared.addresses.create(use="billing", street="Via Po 2", postal_code="10124", city="Torino", province="TO")
    shared.refresh_from_db()
    desk = desk_of(world)
    Product.objects.update(stocked=False)
    return desk


def ordered(desk: Desk, seller: str) -> Order:
    quote = desk.accepted(desk.sent(by=seller, party="shared"))
    return order_from_quote(desk.principal(seller), quote)


@pytest.mark.parametrize(("seller", "other"), SELLERS)
def test_who_sells_sees_the_invoice_that_he_made(desk: Desk, client_of: ClientOf, seller: str, other: str) -> None:
    order = ordered(desk, seller)
    client = client_of(seller)
    assert client.post(f"/orders/{order.pk}/confirm").status_code == 302
    made = client.post(f"/orders/{order.pk}/bill")["Location"]
    for page in (f"/quotes/{order.quoted_from_id}", f"/orders/{order.pk}", made):
        assert (client.get(page).status_code, client_of(other).get(page).status_code) == (200, 404), page
    order.refresh_from_db()
    assert order.relationship is not None
    assert order.relationship.owner == desk.world.people[seller]


@pytest.mark.parametrize(("seller", "other"), SELLERS)
def test_who_sells_sees_what_is_owed_and_paid(desk: Desk, client_of: ClientOf, seller: str, other: str) -> None:
    order, office = ordered(desk, seller), desk.principal("inside")
    client_of(seller).post(f"/orders/{order.pk}/confirm")
    client_of(seller).post(f"/orders/{order.pk}/bill")
    invoice = issue_invoice(office, Invoice.objects.get())
    relay_batch()
    due = Due.objects.get()
    facts = PaymentFacts(company=due.company, party=due.party, amount=Decimal("20.00"), paid_on=clock.today())
    payment = record_payment(office, facts, first=due.pk)
    second = record_payment(office, facts)
    credit = draft_credit(office, invoice)
    who, whose = desk.principal(seller), desk.principal(other)
    for row in (invoice, credit, due, payment, second):
        seen = type(row).objects
        assert seen.visible_to(who).filter(pk=row.pk).exists(), row
        assert not seen.visible_to(whose).filter(pk=row.pk).exists(), row
    told = TimelineEntry.objects.filter(kind__in=["invoice.issued", "payment.received"])
    assert told.count() == 3
    assert told.visible_to(who).count() == 3
    assert not told.visible_to(whose).exists()
    assert client_of(seller).get(f"/payments/{payment.pk}").status_code == 200
    assert client_of(other).get(f"/dues/{due.pk}").status_code == 404


@pytest.mark.parametrize(("seller", "other"), SELLERS)
def test_what_an_agent_writes_down_himself_is_his(desk: Desk, client_of: ClientOf, seller: str, other: str) -> None:
    world = desk.world
    typed = {"party": str(world.parties["shared"].pk), "company": str(world.companies["moda"].pk)}
    client_of(seller).post(
        "/payments/new", typed | {"amount": "10", "paid_on": "2026-11-01", "method": "cash", "currency": "EUR"}
    )
    payment = Payment.objects.get()
    assert payment.owner == world.people[seller]
    assert client_of(other).get(f"/payments/{payment.pk}").status_code == 404
