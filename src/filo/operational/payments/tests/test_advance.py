"""Terms that say so make a deposit owed when an order is confirmed; its invoice takes over what was paid."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.foundation.events.services import relay_batch
from filo.foundation.money import cents
from filo.operational.invoices.services import issue_invoice
from filo.operational.invoices.services.deliveries import bill_shipments
from filo.operational.invoices.services.orders import bill_order, bill_shipment
from filo.operational.invoices.tests.office import office_of
from filo.operational.orders.models import Order
from filo.operational.orders.services import cancel_order, change_order, confirm_order, reopen_order, write_lines
from filo.operational.orders.tests.counter import JACKET, Counter, counter_of
from filo.operational.payments.advance import advance_in
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.services.refunding import refund_payment
from filo.operational.payments.tests.books import Books
from filo.testing.world import World


@pytest.mark.parametrize(
    ("terms", "percent"),
    [
        ("Acconto 30%, saldo alla consegna", "30"),
        ("30% di acconto, saldo 30 gg FM", "30"),
        ("Acconto del 12,5 % all'ordine", "12.5"),
        ("anticipo: 50%", "50"),
        ("20% deposit, balance on delivery", "20"),
        ("deposit of 25 %", "25"),
        ("Pagamento anticipato", "100"),
        ("30% anticipato, 70% a 60 giorni", "30"),
        ("payment in advance", "100"),
        ("30/60 FM", "0"),
        ("Bonifico 30 giorni, sconto 3%", "0"),
        ("acconto 130%", "0"),
        ("saldo a 30 giorni; 5% sconto cassa", "0"),
        ("", "0"),
    ],
)
def test_what_terms_say_of_paying_before(terms: str, percent: str) -> None:
    assert advance_in(terms) == Decimal(percent)


@pytest.fixture
def counter(world: World) -> Counter:
    office_of(world)
    return counter_of(world)


def confirmed(counter: Counter, terms: str = "Acconto 30%, saldo alla consegna") -> Order:
    order = counter.confirmed(counter.line(JACKET, "4"), payment_terms=terms)
    relay_batch()
    return order


@pytest.mark.django_db
def test_a_deposit_is_owed_once(counter: Counter) -> None:
    order = confirmed(counter)
    relay_batch()
    due = Due.objects.get()
    assert (due.kind, due.source_id, due.document) == ("order", order.pk, f"Ordine {order.name}")
    assert due.amount == cents(order.total * 30 / 100, "EUR")
    confirmed(counter, "30 FM")
    assert Due.objects.count() == 1


@pytest.mark.django_db
def test_what_is_off_is_asked_no_more_and_what_is_on_again_is(counter: Counter) -> None:
    order = confirmed(counter)
    wanted = Due.objects.get().amount
    reopen_order(counter.principal(), order)
    relay_batch()
    assert Due.objects.get().left == 0
    confirm_order(counter.principal(), order)
    relay_batch()
    assert sum(due.left for due in Due.objects.all()) == wanted
    cancel_order(counter.principal(), order)
    relay_batch()
    assert sum(due.left for due in Due.objects.all()) == 0


@pytest.mark.django_db
def test_the_invoice_takes_over_what_was_paid(counter: Counter) -> None:
    order = confirmed(counter)
    deposit = Due.objects.get().amount
    paid = Books(counter.world).pay(f"{deposit:.2f}", who="admin")
    assert Due.objects.get().left == 0
    draft = bill_order(counter.principal(), order)
    invoice = issue_invoice(counter.principal(), draft)
    relay_batch()
    relay_batch()
    due = Due.objects.get(kind="invoice", source_id=invoice.pk)
    assert (due.amount, due.left) == (order.total, order.total - deposit)
    payment = Payment.objects.get(pk=paid.pk)
    assert (payment.shared, payment.left) == (deposit, Decimal(0))
    assert sum(one.left for one in Due.objects.filter(kind="order")) == 0


@pytest.mark.django_db
def test_a_deposit_that_was_not_paid_is_asked_by_the_invoice_alone(counter: Counter) -> None:
    order = confirmed(counter)
    issue_invoice(counter.principal(), bill_order(counter.principal(), order))
    relay_batch()
    assert sum(one.left for one in Due.objects.all()) == order.total


@pytest.mark.django_db
def test_a_part_that_is_billed_takes_over_a_part_and_asks_no_second_deposit(counter: Counter) -> None:
    order = confirmed(counter)
    deposit = Due.objects.get().amount
    Books(counter.world).pay(f"{deposit:.2f}", who="admin")
    shipment = counter.ship(order, {JACKET: "1"})
    invoice = issue_invoice(counter.principal(), bill_shipment(counter.principal(), shipment))
    relay_batch()
    due = Due.objects.get(kind="invoice", source_id=invoice.pk)
    assert due.paid == min(deposit, due.amount)
    assert sum(one.left for one in Due.objects.filter(kind="order")) == 0
    assert sum(one.paid for one in Due.objects.all()) == deposit


@pytest.mark.django_db
def test_one_invoice_of_deliveries_takes_over_the_deposits_of_all_their_orders(counter: Counter) -> None:
    orders = [confirmed(counter), confirmed(counter)]
    for deposit in list(Due.objects.values_list("amount", flat=True)):
        Books(counter.world).pay(f"{deposit:.2f}", who="admin")
    paid = sum(Due.objects.values_list("amount", flat=True))
    shipments = [counter.ship(orders[0]), counter.ship(orders[1], {JACKET: "1"})]
    invoice = issue_invoice(counter.principal(), bill_shipments(counter.principal(), shipments))
    relay_batch()
    assert Due.objects.get(kind="invoice", source_id=invoice.pk).paid == paid
    assert sum(one.left for one in Due.objects.filter(kind="order")) == 0


@pytest.mark.django_db
def test_a_deposit_that_is_given_back_is_not_owed_again_by_an_order_that_is_off(counter: Counter) -> None:
    order = confirmed(counter)
    deposit = Due.objects.get().amount
    paid = Books(counter.world).pay(f"{deposit:.2f}", who="admin")
    cancel_order(counter.principal(), order)
    relay_batch()
    refund_payment(counter.principal(), paid, amount=deposit, reason="Annullato")
    relay_batch()
    relay_batch()
    due = Due.objects.get()
    assert (due.left, due.paid, due.credited, due.state) == (Decimal(0), Decimal(0), deposit, "paid")


@pytest.mark.django_db
def test_a_deposit_that_is_given_back_is_owed_again_while_the_order_holds(counter: Counter) -> None:
    confirmed(counter)
    deposit = Due.objects.get().amount
    paid = Books(counter.world).pay(f"{deposit:.2f}", who="admin")
    refund_payment(counter.principal(), paid, amount=deposit, reason="Per errore")
    relay_batch()
    relay_batch()
    assert Due.objects.get().left == deposit


@pytest.mark.django_db
def test_what_is_paid_in_advance_follows_the_lines_and_terms_of_the_order(counter: Counter) -> None:
    order = confirmed(counter, "Pagamento anticipato")
    (line,) = counter.lines(order)
    for quantity in ("1", "6"):
        wanted = counter.line(JACKET, quantity, id=line.pk)
        order = write_lines(counter.principal(), counter.again(order), [wanted])
        relay_batch()
        assert sum(due.left for due in Due.objects.all()) == order.total
    change_order(counter.principal(), order, payment_terms="Acconto 10%")
    relay_batch()
    assert sum(due.left for due in Due.objects.all()) == cents(order.total / 10, "EUR")
    change_order(counter.principal(), counter.again(order), notes="Suonare due volte")
    relay_batch()
    assert sum(due.left for due in Due.objects.all()) == cents(order.total / 10, "EUR")
