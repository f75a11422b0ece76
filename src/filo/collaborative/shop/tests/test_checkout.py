"""A guest buys on one page: once, at the price of the house, and learns nothing of anybody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import uuid4

import pytest
from django.test import Client

from filo.collaborative.shop.models import Cart, ShippingWay
from filo.collaborative.shop.queries.carts import cart_of
from filo.collaborative.shop.services import checkout, name_coupon, put_in_cart
from filo.collaborative.shop.services.forgetting import forget_carts
from filo.collaborative.shop.tests.stall import HOUSE, IBAN, JACKET, LAMP, WORK, Stall, visitor_here
from filo.foundation import clock
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.services import relay_batch
from filo.operational.catalogue.models import Variant
from filo.operational.orders.models import Order, OrderLine, OrderStep
from filo.operational.orders.services import cancel_order
from filo.operational.orders.tests.counter import faults
from filo.operational.parties.models import Party, Relationship
from filo.operational.payments.models import Due
from filo.operational.prices.models import CouponUse
from filo.operational.prices.services.discounts import save_coupon, save_discount, set_class
from filo.operational.prices.services.lists import RuleRow, save_list, write_rules
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db


def filled(stall: Stall, *skus: str) -> Client:
    client = Client()
    for sku in skus:
        assert client.post("/p/shop/cart/add", {"variant": stall.variant(sku)}).status_code == 302
    return client


def test_a_guest_orders_and_becomes_a_customer(stall: Stall) -> None:
    client = filled(stall, JACKET, LAMP)
    answer = client.post("/p/shop/checkout", stall.typed(notes="Citofono Verdi"))
    assert answer.status_code == 302, answer.content.decode()
    order = Order.objects.get()
    assert (order.source, order.state, order.gross, order.name) == ("shop", "confirmed", True, f"O {order.year}/1")
    assert order.total == Decimal("433.10") - Decimal("6.10"), "427 of goods travel free"
    assert order.ship_to == ["Anna Verdi", "Via Garibaldi 8", "20121 Milano (MI)", "+39 333 1234567"]
    assert (order.mail_to, order.notes) == ("anna@verdi.example", "Citofono Verdi")
    assert order.party.display_name == "Anna Verdi"
    assert Relationship.objects.get(party=order.party).stage == "customer"
    due = Due.objects.get(kind="order", source_id=order.pk)
    assert (due.amount, due.due_on) == (order.total, clock.today() + timedelta(days=7))
    assert stall.goods.stock(JACKET) == (10, 1)
    assert cart_of(visitor_here(client)).lines == ()
    cart = Cart.objects.get()
    assert cart.order == order
    assert cart.terms_at is not None
    page = client.get(answer["Location"].partition("testserver")[2] or answer["Location"].partition("8000")[2])
    assert order.name in page.content.decode()
    assert IBAN in page.content.decode()
    assert faults() == []


def test_which_terms_were_agreed_to_is_known_as_long_as_the_order(
    stall: Stall, client_of: Callable[[str], CheckedClient]
) -> None:
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(JACKET))
    order = checkout(visitor, stall.facts()).order
    with clock.at(clock.now() + timedelta(days=91)):
        assert forget_carts() == 1
    step = OrderStep.objects.get(order=order, after="confirmed")
    words = sha256(b"Recesso entro 14 giorni.").hexdigest()
    assert step.data == {"terms": {"version": stall.shop.version, "language": "it", "sha256": words}}
    page = client_of("admin").get(f"/orders/{order.pk}").content.decode()
    assert "Condizioni di vendita accettate" in page


def test_a_form_that_holds_what_is_known_of_a_customer_is_not_stored_by_browsers(stall: Stall) -> None:
    client = stall.client("own")
    client.post("/p/shop/cart/add", {"variant": stall.variant(LAMP)})
    assert "no-store" in client.get("/p/shop/checkout")["Cache-Control"]
    assert "no-store" in client.post("/p/shop/checkout", stall.typed(street=""))["Cache-Control"]


def test_shipping_is_a_line_with_its_vat(stall: Stall) -> None:
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(JACKET))
    order = checkout(visitor, stall.facts()).order
    line = OrderLine.objects.get(order=order, variant=None)
    assert (line.description, line.amount, line.vat_rate) == ("Corriere", Decimal("6.10"), Decimal(22))
    assert order.total == Decimal("128.10")
    assert order.vat == Decimal("23.10")


def test_pressed_twice_it_is_one_order(stall: Stall) -> None:
    client, typed = filled(stall, JACKET), stall.typed()
    first, second = client.post("/p/shop/checkout", typed), client.post("/p/shop/checkout", typed)
    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1
    assert Due.objects.count() == 1


def test_forged_prices_are_not_listened_to(stall: Stall) -> None:
    client = filled(stall, LAMP)
    forged = {"price": "0.01", "unit_price": "0.01", "total": "0.01", "discounts": "99", "quantity": "0"}
    client.post("/p/shop/checkout", stall.typed(**forged))
    assert Order.objects.get().total == Decimal("311.10")


def test_nobody_pays_another_total_than_he_was_shown(stall: Stall) -> None:
    client = filled(stall, LAMP)
    page = client.get("/p/shop/checkout").content.decode()
    seen = f"seen-{stall.shipping.pk}"
    assert f'name="{seen}" value="311.10"' in page
    Variant.objects.filter(sku=LAMP).update(price=260)
    answer = client.post("/p/shop/checkout", stall.typed(**{seen: "311.10"}))
    assert answer.status_code == 409
    assert "da 311,10" in answer.content.decode()
    assert 'value="Via Garibaldi 8"' in answer.content.decode(), "what was typed stays"
    assert not Order.objects.exists()
    assert client.post("/p/shop/checkout", stall.typed(**{seen: "323.30"})).status_code == 302


def test_nobody_pays_another_price_of_shipping_than_he_was_shown(stall: Stall) -> None:
    client, seen = filled(stall, JACKET), f"seen-{stall.shipping.pk}"
    ShippingWay.objects.update(price=Decimal("49.00"))
    answer = client.post("/p/shop/checkout", stall.typed(**{seen: "128.10"}))
    assert answer.status_code == 409
    assert "da 128,10" in answer.content.decode()
    assert f'name="{seen}" value="171.00"' in answer.content.decode()
    assert not Order.objects.exists()
    client.post("/p/shop/checkout", stall.typed(**{seen: "171.00"}))
    assert Order.objects.get().total == Decimal("171.00")


@pytest.mark.parametrize("text", ["nan", "1e400000", "-1", "311,10"])
def test_a_total_that_cannot_be_read_is_not_the_one_that_was_shown(stall: Stall, text: str) -> None:
    client = filled(stall, LAMP)
    assert client.post("/p/shop/checkout", stall.typed(**{f"seen-{stall.shipping.pk}": text})).status_code == 409
    assert client.post("/p/shop/checkout", stall.typed(seen=text)).status_code == 409
    assert not Order.objects.exists()


def test_a_shop_without_shipping_shows_the_total_of_the_goods(stall: Stall) -> None:
    ShippingWay.objects.update(active=False)
    client = filled(stall, LAMP)
    assert 'name="seen" value="305.00"' in client.get("/p/shop/checkout").content.decode()
    assert client.post("/p/shop/checkout", stall.typed(seen="300.00", shipping_id="")).status_code == 409
    assert client.post("/p/shop/checkout", stall.typed(seen="305.00", shipping_id="")).status_code == 302


def test_what_is_missing_is_said_at_its_field(stall: Stall) -> None:
    client = filled(stall, LAMP)
    typed = stall.typed(email="anna", street="", pay="gold")
    del typed["terms"]
    answer = client.post("/p/shop/checkout", typed)
    assert answer.status_code == 422
    assert {"email", "street", "terms"} <= set(answer.context["form"].errors)
    with pytest.raises(InvalidFields) as refused:
        checkout(visitor_here(client), stall.facts(pay="gold"))
    assert set(refused.value.fields) == {"pay"}
    assert not Order.objects.exists()


def test_an_empty_cart_makes_no_order(stall: Stall) -> None:
    with pytest.raises(DomainError) as refused:
        checkout(stall.visitor(), stall.facts())
    assert refused.value.code == "cart-empty"
    assert Client().get("/p/shop/checkout")["Location"] == "/p/shop/cart"


def test_a_guest_whose_address_we_know_orders_as_that_customer_and_sees_nothing_of_him(stall: Stall) -> None:
    party = stall.mail_of("own", "own@customer.example")
    before = party.addresses.count()
    set_class(HOUSE, party, "rivenditori")
    shops = save_list(HOUSE, None, {"name": "Rivenditori", "customer_class": "rivenditori"})
    write_rules(HOUSE, shops, [RuleRow(Decimal(50), means="percent")])
    client = filled(stall, LAMP)
    answer = client.post("/p/shop/checkout", stall.typed(email="Own@customer.example"))
    order = Order.objects.get()
    assert order.party == party
    assert order.total == Decimal("311.10"), "he pays what he was shown, not what a reseller would pay"
    assert order.bill_to[0] == "Anna Verdi"
    assert Party.objects.get(pk=party.pk).addresses.count() == before
    page = client.get(answer["Location"].split("/", 3)[3].join(["/", ""])).content.decode()
    assert party.display_name not in page
    visitor = visitor_here(client)
    assert (visitor.party, visitor.known) == (party, None)
    assert party.display_name not in client.get("/p/shop/checkout", follow=True).content.decode()


def test_who_is_recognised_has_his_prices_and_his_form_filled_in(stall: Stall) -> None:
    party = stall.mail_of("own", "own@customer.example")
    own_list = save_list(HOUSE, None, {"name": "Suo", "party": party})
    write_rules(HOUSE, own_list, [RuleRow(Decimal(10), means="percent")])
    visitor = stall.known("own")
    put_in_cart(visitor, stall.variant(LAMP))
    order = checkout(visitor, stall.facts(email="own@customer.example")).order
    assert order.party == party
    assert order.total == Decimal("280.60"), "305 less ten per cent, and shipping"
    assert not OrderLine.objects.filter(order=order, by_hand=True, variant__isnull=False).exists()


def test_who_is_recognised_may_order_for_another(stall: Stall) -> None:
    stall.mail_of("own", "own@customer.example")
    visitor = stall.known("own")
    put_in_cart(visitor, stall.variant(LAMP))
    order = checkout(visitor, stall.facts()).order
    assert order.party.display_name == "Anna Verdi"
    visitor.refresh_from_db()
    assert visitor.party == stall.world.parties["own"], "two are never joined"


def test_a_coupon_takes_something_off_once(stall: Stall) -> None:
    save_coupon(HOUSE, None, {"code": "BENVENUTO10", "name": "Prima volta", "percent": Decimal(10), "limit": 1})
    client = filled(stall, LAMP)
    refused = client.post("/p/shop/cart/coupon", {"code": "NULLA"})
    assert refused.status_code == 422
    client.post("/p/shop/cart/coupon", {"code": "benvenuto10"})
    sums = re.findall(r"[−\d]+,\d\d", client.get("/p/shop/cart").content.decode())
    assert sums[:3] == ["305,00", "−30,50", "274,50"], "line, coupon and goods add up"
    client.post("/p/shop/checkout", stall.typed(seen="280.60"))
    assert Order.objects.get().total == Decimal("280.60")
    assert CouponUse.objects.count() == 1
    late = stall.visitor()
    put_in_cart(late, stall.variant(LAMP))
    name_coupon(late, "BENVENUTO10")
    order = checkout(late, stall.facts(email="late@verdi.example", name="Luca Neri")).order
    assert order.total == Decimal("311.10"), "it was used up: the cart said so, and he pays what it said"


def test_a_coupon_that_this_customer_had_is_not_taken_again(stall: Stall) -> None:
    save_coupon(HOUSE, None, {"code": "UNO", "name": "Una volta", "percent": Decimal(10), "once_each": True})
    for time in range(2):
        visitor = stall.visitor()
        put_in_cart(visitor, stall.variant(LAMP))
        name_coupon(visitor, "UNO")
        if not time:
            checkout(visitor, stall.facts())
    with pytest.raises(DomainError) as refused:
        checkout(visitor, stall.facts())
    assert refused.value.code == "coupon-refused"
    assert cart_of(visitor).count == 1


def test_a_promotion_is_in_the_price(stall: Stall) -> None:
    save_discount(HOUSE, None, {"name": "Promozione", "percent": Decimal(20), "valid_from": date(2020, 1, 1)})
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(LAMP))
    assert checkout(visitor, stall.facts()).order.total == Decimal("250.10")


def test_english_buyers_are_answered_in_english(stall: Stall) -> None:
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(WORK))
    order = checkout(visitor, stall.facts(language="en")).order
    assert order.language == "en"
    assert Due.objects.get().document == f"Order {order.name}"


def test_what_is_called_off_is_owed_no_more(stall: Stall) -> None:
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(LAMP))
    order = checkout(visitor, stall.facts()).order
    cancel_order(HOUSE, order, reason="Ripensamento")
    while relay_batch():
        pass
    assert Due.objects.get().left == 0


def test_a_shop_that_closes_meanwhile_keeps_the_cart(stall: Stall) -> None:
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(LAMP))
    type(stall.shop).objects.update(open=False)
    with pytest.raises(DomainError) as refused:
        checkout(visitor, stall.facts())
    assert refused.value.code == "shop-closed"
    assert cart_of(visitor).count == 1


def test_two_purchases_have_two_keys(stall: Stall) -> None:
    visitor, facts = stall.visitor(), stall.facts()
    for key in (facts.key, uuid4()):
        put_in_cart(visitor, stall.variant(LAMP))
        checkout(visitor, replace(facts, key=key))
    assert Order.objects.count() == 2
    assert Order.objects.values("party").distinct().count() == 1


@pytest.mark.parametrize("pay", ["card", "transfer"])
def test_what_was_bought_stays_owed_whatever_the_words_of_its_terms(stall: Stall, pay: str) -> None:
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(JACKET))
    order = checkout(visitor, stall.facts(pay=pay)).order
    for _round in range(3):
        relay_batch()
    assert [one.left for one in Due.objects.filter(source_id=order.pk)] == [order.total]


def test_the_sums_of_cart_and_checkout_add_up(stall: Stall) -> None:
    client = filled(stall, LAMP)
    cart, page = (client.get(f"/p/shop/{name}").content.decode() for name in ("cart", "checkout"))
    assert "311,10" in cart
    assert re.search(r'class="shop-shipping">[^<]*6,10', page)
    assert re.search(r'class="shop-total">[^<]*311,10', page)


def test_the_first_thing_that_is_wrong_has_the_focus(stall: Stall) -> None:
    page = filled(stall, LAMP).post("/p/shop/checkout", stall.typed(postal_code="12", street="")).content.decode()
    assert "Manca qualcosa, o qualcosa non va bene" in page
    assert len(re.findall(r"<input[^>]* autofocus", page)) == 1
    assert re.search(r'<input[^>]*name="street"[^>]* autofocus', page)
    assert "cinque cifre" in page, "all that is wrong is said at once"
