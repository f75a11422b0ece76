"""A reserved catalogue is seen, filtered and bought from by whom it is for, and by nobody else."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from filo.collaborative.shop.queries.carts import priced_basket
from filo.collaborative.shop.services import checkout, keep_offers, put_in_cart
from filo.collaborative.shop.tests.stall import HOUSE, JACKET, LAMP, Stall
from filo.foundation import clock
from filo.foundation.errors import DomainError
from filo.operational.catalogue.models import Catalogue, Product
from filo.operational.catalogue.queries.showing import token_of
from filo.operational.catalogue.services.catalogues import invite, put_into, save_catalogue
from filo.operational.catalogue.services.pictures import add_image
from filo.operational.catalogue.services.publication import new_link, publish_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(stall: Stall) -> Catalogue:
    """The lamp is reserved, and lies with the jacket in a catalogue that is open to its guests and its link."""
    lamp, jacket = stall.goods.products["Lampada da terra"], stall.goods.products["Giacca di lino"]
    Product.objects.filter(pk=lamp.pk).update(reserved=True)
    found = save_catalogue(HOUSE, None, {"name": "Nuova collezione"})
    put_into(HOUSE, found, [lamp, jacket])
    keep_offers()
    return publish_catalogue(HOUSE, found)


def test_its_link_shows_it_in_the_same_frame(stall: Stall, catalogue: Catalogue) -> None:
    assert "Lampada" not in Client().get("/p/shop/find").content.decode()
    page = Client().get("/p/shop/find", {"c": token_of(catalogue)}).content.decode()
    assert "Lampada da terra" in page
    assert "Nuova collezione" in page
    assert "Posa in opera" not in page
    narrowed = Client().get("/p/shop/find", {"c": token_of(catalogue), "a": "taglia:m"}).content.decode()
    assert "Giacca di lino" in narrowed
    assert "Lampada da terra" not in narrowed


def test_a_product_of_it_is_seen_by_its_link_alone(stall: Stall, catalogue: Catalogue) -> None:
    code = stall.goods.products["Lampada da terra"].code
    assert Client().get(f"/p/shop/p/{code}").status_code == 404
    assert Client().get(f"/p/shop/p/{code}", {"c": token_of(catalogue)}).status_code == 200
    assert Client().get(f"/p/shop/p/{code}", {"c": "forged"}).status_code == 404
    assert Client().get(f"/p/shop/p/{code}", {"c": catalogue.code}).status_code == 404, "its name opens nothing"


def test_a_guest_by_name_needs_no_link(stall: Stall, catalogue: Catalogue) -> None:
    invite(HOUSE, catalogue, stall.world.parties["own"])
    visitor = stall.known("own")
    put_in_cart(visitor, stall.variant(LAMP))
    assert priced_basket(stall.shop, visitor, "it").can_be_bought
    other = stall.known("shared")
    with pytest.raises(DomainError):
        put_in_cart(other, stall.variant(LAMP))


def test_an_old_link_says_so_and_shows_what_everybody_sees(stall: Stall, catalogue: Catalogue) -> None:
    old = token_of(catalogue)
    new_link(HOUSE, catalogue)
    page = Client().get("/p/shop/find", {"c": old}).content.decode()
    assert "non vale più" in page
    assert "Lampada da terra" not in page
    assert "Posa in opera" in page


def test_what_was_put_in_by_a_link_is_bought_as_long_as_it_holds(stall: Stall, catalogue: Catalogue) -> None:
    client = Client()
    client.post("/p/shop/cart/add", {"variant": stall.variant(LAMP), "c": token_of(catalogue)})
    assert "305,00" in client.get("/p/shop/cart").content.decode()
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(LAMP), link=token_of(catalogue))
    Catalogue.objects.filter(pk=catalogue.pk).update(valid_to=clock.today() - timedelta(days=1))
    with pytest.raises(DomainError) as refused:
        checkout(visitor, stall.facts())
    assert refused.value.code == "not-sold"
    assert "Non più in vendita" in client.get("/p/shop/cart").content.decode()


def test_what_lies_in_the_cart_is_looked_at_by_its_link(stall: Stall, catalogue: Catalogue) -> None:
    lamp = stall.goods.products["Lampada da terra"]
    picture = add_image(HOUSE, lamp, b"\x89PNG\r\n\x1a\n drawn")
    client, token = Client(), token_of(catalogue)
    client.post("/p/shop/cart/add", {"variant": stall.variant(LAMP), "c": token})
    page = client.get("/p/shop/cart").content.decode()
    for address in (reverse("shop:product", args=[lamp.code]), f"/p/shop/images/{picture.pk}"):
        assert f"{address}?{urlencode({'c': token})}" in page
        assert client.get(address, {"c": token}).status_code == 200
        assert client.get(address).status_code == 404


def test_a_link_that_no_longer_holds_hides_nothing_that_everybody_sees(stall: Stall, catalogue: Catalogue) -> None:
    client, jacket = Client(), stall.goods.products["Giacca di lino"]
    client.post("/p/shop/cart/add", {"variant": stall.variant(JACKET), "c": token_of(catalogue)})
    new_link(HOUSE, catalogue)
    assert f'"{reverse("shop:product", args=[jacket.code])}"' in client.get("/p/shop/cart").content.decode()


def test_what_is_taken_out_of_the_cart_is_put_back_by_its_link(stall: Stall, catalogue: Catalogue) -> None:
    client, lamp = Client(), stall.variant(LAMP)
    client.post("/p/shop/cart/add", {"variant": lamp, "c": token_of(catalogue)})
    client.post(f"/p/shop/cart/{lamp}", {"quantity": "0"})
    assert client.post(f"/p/shop/cart/{lamp}/back/1").status_code == 404
    assert client.post(f"/p/shop/cart/{lamp}/back/1?c={token_of(catalogue)}").status_code == 302
    assert "305,00" in client.get("/p/shop/cart").content.decode()


def test_one_for_everybody_is_named_on_the_first_page(stall: Stall, catalogue: Catalogue) -> None:
    assert "Nuova collezione" not in Client().get("/p/shop").content.decode()
    save_catalogue(HOUSE, catalogue, {"everybody": True})
    page = Client().get("/p/shop").content.decode()
    assert "Nuova collezione" in page
    assert f"/p/shop/find?c={catalogue.code}" in page
    assert "Lampada da terra" in Client().get("/p/shop/find", {"c": catalogue.code}).content.decode()
