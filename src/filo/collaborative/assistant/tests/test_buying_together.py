"""A colleague and a customer fill in an order together: what both read, what it costs, and what became of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.tests.desk import begins, group_with, known_browser, place_for
from filo.collaborative.cobrowse.models import ShownPage
from filo.collaborative.cobrowse.services import change_field, share_form
from filo.collaborative.shop.services import keep_offers, put_in_cart
from filo.collaborative.shop.tests.stall import HOUSE, JACKET, Stall, visitor_here
from filo.foundation import clock
from filo.foundation.errors import InvalidFields
from filo.foundation.push.models import PushMessage
from filo.operational.catalogue.models import Catalogue, Product
from filo.operational.catalogue.queries.showing import token_of
from filo.operational.catalogue.services.catalogues import put_into, save_catalogue
from filo.operational.catalogue.services.publication import publish_catalogue
from filo.operational.orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def his(stall: Stall) -> Client:
    place_for(group_with(stall.world, "inside"))
    client = known_browser(stall.world.parties["own"])
    put_in_cart(visitor_here(client), stall.variant(JACKET))
    return client


@pytest.fixture
def chat(his: Client) -> Chat:
    return begins(his)


def panel(stall: Stall, chat: Chat, name: str = "inside") -> str:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(stall.world.people[name])
    return client.get(f"/chats/{chat.pk}/live").content.decode()


def typed(stall: Stall, **more: str) -> dict[str, str]:
    known = {name: value for name, value in stall.typed().items() if name not in ("key", "shipping_id")}
    return {**known, "shipping": str(stall.shipping.pk), "terms": "yes", **more}


def test_what_was_sent_stands_as_an_order_and_not_as_an_empty_cart(stall: Stall, his: Client, chat: Chat) -> None:
    share_form(stall.world.principal("inside"), chat, "purchase")
    assert his.post("/p/live/form", typed(stall)).status_code == 302
    order, page = Order.objects.get(), panel(stall, chat)
    assert f'href="/orders/{order.pk}"' in page
    assert order.name in page
    assert "128,10" in page
    assert "The cart is empty: put something" not in page
    assert 'name="kind" value="purchase"' in page, "the next one can be filled in"


@pytest.fixture
def catalogue(stall: Stall) -> Catalogue:
    """The lamp is reserved, and lies in a catalogue that only its link opens."""
    lamp = stall.goods.products["Lampada da terra"]
    Product.objects.filter(pk=lamp.pk).update(reserved=True)
    found = save_catalogue(HOUSE, None, {"name": "Nuova collezione"})
    put_into(HOUSE, found, [lamp])
    keep_offers()
    return publish_catalogue(HOUSE, found)


def serves(stall: Stall, chat: Chat, **asked: str) -> str:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(stall.world.people["inside"])
    return client.post(f"/chats/{chat.pk}/serve", asked).content.decode()


def test_what_it_costs_to_send_it_and_what_one_agrees_to_can_be_read(stall: Stall, his: Client, chat: Chat) -> None:
    form = share_form(stall.world.principal("inside"), chat, "purchase")
    page = his.get("/p/live/form", headers={"Accept-Language": "en"}).content.decode()
    assert "Courier: €6.10" in page or "Corriere: €6.10" in page
    assert 'To pay, VAT included</b><b class="num">€128.10' in page
    assert '<a href="/p/shop/terms"' in page
    change_field(form, "terms", "yes", side="customer")
    with pytest.raises(InvalidFields):
        change_field(form, "terms", "", side="operator")
    assert his.post("/p/live/form", {"name": "Anna"}).status_code == 422
    form.refresh_from_db()
    assert form.values["terms"] == "", "a box without its tick is no consent"


def test_a_refused_postal_code_is_marked_and_said_above(stall: Stall, his: Client, chat: Chat) -> None:
    share_form(stall.world.principal("inside"), chat, "purchase")
    answer = his.post("/p/live/form", typed(stall, postal_code="9"), headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Something is not right yet" in page
    assert page.count('aria-invalid="true"') == 1


def test_what_is_above_the_fields_follows_the_cart(stall: Stall, his: Client, chat: Chat) -> None:
    assert his.get("/p/live/about").status_code == 204
    share_form(stall.world.principal("inside"), chat, "purchase")
    put_in_cart(visitor_here(his), stall.variant(JACKET))
    assert "250,10" in his.get("/p/live/about").content.decode()
    assert Client().get("/p/live/about").status_code == 204


def test_her_panel_hears_of_what_he_puts_into_his_cart(
    stall: Stall, his: Client, chat: Chat, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        put_in_cart(visitor_here(his), stall.variant(JACKET))
    assert PushMessage.objects.filter(topic=f"visit:{chat.visitor_id}", kind="cart").exists()
    client = Client()
    client.force_login(stall.world.people["inside"])
    assert "2 × Giacca" in client.get(f"/chats/{chat.pk}/cart").content.decode()
    client.force_login(stall.world.people["stranger"])
    assert client.get(f"/chats/{chat.pk}/cart").status_code == 404


def test_a_catalogue_stays_chosen_while_its_link_is_written_anew(
    stall: Stall, his: Client, chat: Chat, catalogue: Catalogue
) -> None:
    link = token_of(catalogue)
    with clock.at(clock.now() - timedelta(minutes=1)):
        earlier = token_of(catalogue)
    for one in (link, earlier):
        page = serves(stall, chat, do="show", catalogue=one)
        assert re.search(r"<option[^>]* selected>Nuova collezione", page), one


def test_one_product_is_shown_by_its_own_button(stall: Stall, his: Client, chat: Chat, catalogue: Catalogue) -> None:
    link, code = token_of(catalogue), stall.goods.products["Lampada da terra"].code
    assert f'name="product" value="{code}"' in serves(stall, chat, do="look", catalogue=link)
    serves(stall, chat, product=code, catalogue=link)
    shown = ShownPage.objects.get()
    assert shown.title == "Lampada da terra"
    assert his.get(shown.url).status_code == 200
    assert 'role="alert"' in serves(stall, chat, product=code), "without its link it is not open to the customer"
    assert ShownPage.objects.count() == 1
