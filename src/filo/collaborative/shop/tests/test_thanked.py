"""The page that thanks says what is true of the payment, and a way to pay stands on it as long as something is owed."""

from __future__ import annotations

import pytest
from django.test import Client

from filo.collaborative.shop.services import checkout, put_in_cart
from filo.collaborative.shop.services.paying import thanks_address
from filo.collaborative.shop.tests.stall import HOUSE, IBAN, LAMP, Stall
from filo.collaborative.shop.views.buying import LOOKS
from filo.foundation import clock
from filo.foundation.events.services import relay_batch
from filo.operational.invoices.services import issue_invoice
from filo.operational.invoices.services.orders import bill_order
from filo.operational.invoices.tests.office import office_of
from filo.operational.orders.models import Order
from filo.operational.orders.queries.tracking import track_link
from filo.operational.orders.services import cancel_order
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.services.recording import PaymentFacts, record_payment

pytestmark = pytest.mark.django_db
PAID, TO_PAY, WAITS, NOTHING_TAKEN = "È pagato. Grazie.", "Come pagare", "in corso di conferma", "nulla è stato"


def bought(stall: Stall, pay: str = "transfer") -> Order:
    """A lamp and its way, 311.10, by the customer `own`."""
    stall.mail_of("own", "own@customer.example")
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(LAMP))
    order = checkout(visitor, stall.facts(email="own@customer.example", pay=pay)).order
    relay()
    return order


def relay() -> None:
    while relay_batch():
        pass


def page_of(order: Order, more: str = "") -> str:
    return Client().get("/" + thanks_address(order, more).split("/", 3)[3]).content.decode()


def pay(stall: Stall, due: Due) -> None:
    facts = PaymentFacts(company=due.company, party=due.party, amount=due.left, paid_on=clock.today())
    record_payment(stall.world.principal("admin"), facts, first=due.pk)


def invoiced(stall: Stall, order: Order) -> Due:
    """What is owed of it once its invoice is out."""
    office_of(stall.world)
    stall.mail_of("own", "own@customer.example")
    boss = stall.world.principal("admin")
    invoice = issue_invoice(boss, bill_order(boss, order))
    relay()
    return Due.objects.for_list().get(kind="invoice", source_id=invoice.pk)


def test_an_order_that_is_invoiced_before_the_money_comes_is_still_to_be_paid(stall: Stall) -> None:
    order = bought(stall)
    due = invoiced(stall, order)
    assert Due.objects.get(kind="order").left == 0, "it is owed by the invoice now"
    page = page_of(order)
    assert PAID not in page
    assert IBAN in page
    assert due.document in page, "the words by which the transfer is found"
    Client().post("/" + thanks_address(order).split("/", 3)[3] + "/pay")
    assert Payment.objects.get().wants == due


def test_an_invoiced_order_that_was_paid_says_so(stall: Stall) -> None:
    order = bought(stall)
    pay(stall, invoiced(stall, order))
    relay()
    page = page_of(order)
    assert PAID in page
    assert TO_PAY not in page


def test_an_order_that_was_called_off_says_nothing_of_paying(stall: Stall) -> None:
    order = bought(stall)
    cancel_order(HOUSE, order, reason="Ripensamento")
    before = page_of(order)
    relay()
    for page in (before, page_of(order)):
        assert PAID not in page
        assert TO_PAY not in page
        assert IBAN not in page


def test_a_card_that_failed_can_be_tried_again_at_once(stall: Stall) -> None:
    order = bought(stall, "card")
    Payment.objects.update(state="pending")
    assert WAITS in page_of(order, "?back=paid")
    Payment.objects.update(state="failed")
    page = page_of(order, "?back=paid")
    assert TO_PAY in page
    assert "/pay" in page


def test_the_page_does_not_wait_for_a_payment_for_ever(stall: Stall) -> None:
    order = bought(stall, "card")
    Payment.objects.update(state="pending")
    assert TO_PAY not in page_of(order, f"?back=paid&n={LOOKS - 1}")
    page = page_of(order, f"?back=paid&n={LOOKS}")
    assert WAITS not in page
    assert TO_PAY in page
    assert NOTHING_TAKEN not in page, "it may still come"


@pytest.mark.parametrize(("way", "is_main"), [("transfer", False), ("card", True)])
def test_the_way_that_was_chosen_stands_first(stall: Stall, way: str, *, is_main: bool) -> None:
    page = page_of(bought(stall, way))
    assert ('<button class="btn" data-kind="main">' in page) is is_main
    assert (page.index("con carta") < page.index(IBAN)) is is_main


def test_it_says_what_was_ordered(stall: Stall) -> None:
    order = bought(stall)
    for page in (page_of(order), Client().get("/" + track_link(order).split("/", 3)[3]).content.decode()):
        for told in ("Lampada", "305,00", "Corriere", "6,10", "311,10"):
            assert told in page
