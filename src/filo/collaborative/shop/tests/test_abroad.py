"""What is bought from abroad goes there: its country is asked for, known, and stands on the parcel."""

from __future__ import annotations

import pytest
from django.test import Client

from filo.collaborative.shop.services import checkout, put_in_cart
from filo.collaborative.shop.tests.stall import LAMP, Stall
from filo.foundation.errors import InvalidFields
from filo.operational.orders.models import Order

pytestmark = pytest.mark.django_db


def test_a_guest_of_vienna_keeps_his_postal_code_and_his_country(stall: Stall) -> None:
    client = Client()
    client.post("/p/shop/cart/add", {"variant": stall.variant(LAMP)})
    assert '<option value="IT" selected>Italia</option>' in client.get("/p/shop/checkout").content.decode()
    vienna = {"street": "Graben 1", "postal_code": "1010", "city": "Wien", "province": "", "country": "AT"}
    assert client.post("/p/shop/checkout", stall.typed(**vienna)).status_code == 302
    order = Order.objects.get()
    assert order.ship_to == ["Anna Verdi", "Graben 1", "1010 Wien", "AT", "+39 333 1234567"]
    address = order.party.addresses.get()
    assert (address.postal_code, address.country) == ("1010", "AT")


def test_a_known_customer_of_berlin_finds_his_country_filled_in(stall: Stall) -> None:
    party = stall.mail_of("own", "own@customer.example")
    party.addresses.all().delete()
    party.addresses.create(use="main", street="Hauptstr. 1", postal_code="10115", city="Berlin", country="DE")
    client = stall.client("own")
    client.post("/p/shop/cart/add", {"variant": stall.variant(LAMP)})
    answer = client.get("/p/shop/checkout")
    assert '<option value="DE" selected>Germania</option>' in answer.content.decode()
    form = answer.context["form"]
    names = ("name", "email", "street", "postal_code", "city", "province", "country")
    client.post("/p/shop/checkout", stall.typed(**{name: form[name].value() or "" for name in names}))
    assert Order.objects.get().ship_to[2:4] == ["10115 Berlin", "DE"]


def test_a_country_that_there_is_not_is_said_at_its_field(stall: Stall) -> None:
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(LAMP))
    with pytest.raises(InvalidFields) as refused:
        checkout(visitor, stall.facts(country="Atlantide"))
    assert set(refused.value.fields) == {"country"}
    client = Client()
    client.post("/p/shop/cart/add", {"variant": stall.variant(LAMP)})
    answer = client.post("/p/shop/checkout", stall.typed(country="Atlantide"))
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"country"})
    assert not Order.objects.exists()
