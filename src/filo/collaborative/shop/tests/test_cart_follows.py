"""A cart belongs to its browser, follows who is recognised there, and is never joined with another's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from filo.collaborative.shop.handlers import bring_his_cart, leave_the_cart_there
from filo.collaborative.shop.models import Cart
from filo.collaborative.shop.queries.carts import cart_of, priced_basket
from filo.collaborative.shop.services import put_in_cart, set_quantity
from filo.collaborative.shop.tests.stall import COAT, JACKET, LAMP, WORK, Stall, visitor_here
from filo.collaborative.visitors.events import RecognitionUndone, VisitorRecognised
from filo.collaborative.visitors.models import Recognition, Visitor
from filo.collaborative.visitors.services import recognise, undo_recognition
from filo.foundation.errors import DomainError, NotFound
from filo.foundation.events.services import relay_batch
from filo.foundation.privacy.registry import records
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def relay_all() -> None:
    while relay_batch():
        pass


def lines(visitor: Visitor) -> dict[str, int]:
    again = Visitor.objects.select_related("party").get(pk=visitor.pk)
    return {line.variant.sku: line.quantity for line in cart_of(again).lines}


def test_a_cart_follows_the_person_across_devices(stall: Stall) -> None:
    phone, desk = stall.visitor(), stall.known("own")
    put_in_cart(desk, stall.variant(JACKET), 1)
    put_in_cart(phone, stall.variant(JACKET), 2)
    put_in_cart(phone, stall.variant(LAMP), 1)
    phone, _key = recognise(phone, stall.world.parties["own"], way="mail")
    relay_all()
    assert lines(desk) == lines(phone) == {JACKET: 3, LAMP: 1}


def test_fewer_of_what_is_sold_out_stay_in_the_cart_and_are_marked(stall: Stall) -> None:
    visitor, lamp = stall.visitor(), stall.variant(LAMP)
    put_in_cart(visitor, lamp, 5)
    stall.put(LAMP, 0)
    done = set_quantity(visitor, lamp, 3)
    assert (done.quantity, done.cut, done.sentence) == (3, True, "Lampada da terra: esaurito.")
    assert lines(visitor) == {LAMP: 3}
    assert not priced_basket(stall.shop, visitor, "it").can_be_bought
    with pytest.raises(DomainError) as refused:
        set_quantity(visitor, lamp, 4)
    assert (refused.value.code, lines(visitor)) == ("out-of-stock", {LAMP: 3})
    stall.put(LAMP, 2)
    assert set_quantity(visitor, lamp, 3).quantity == 2
    assert set_quantity(visitor, lamp, 0).quantity == 0
    assert lines(visitor) == {}


def test_his_own_word_is_not_enough(stall: Stall) -> None:
    desk, other = stall.known("own"), stall.visitor()
    put_in_cart(desk, stall.variant(JACKET), 1)
    put_in_cart(other, stall.variant(LAMP), 1)
    other, _key = recognise(other, stall.world.parties["own"], way="order")
    relay_all()
    assert lines(other) == {LAMP: 1}
    assert lines(desk) == {JACKET: 1}


def test_two_people_at_one_browser_are_never_joined(stall: Stall) -> None:
    his = stall.known("own")
    put_in_cart(his, stall.variant(JACKET), 1)
    hers, _key = recognise(his, stall.world.parties["shared"], way="link")
    relay_all()
    put_in_cart(hers, stall.variant(LAMP), 1)
    assert hers.pk != his.pk
    assert lines(hers) == {LAMP: 1}
    assert lines(stall.known("own")) == {JACKET: 1}
    assert set(Cart.objects.values_list("party", flat=True)) == {
        stall.world.parties["own"].pk,
        stall.world.parties["shared"].pk,
    }


def test_what_was_recognised_wrongly_leaves_with_its_browser_and_nothing_else(stall: Stall) -> None:
    desk, wrong = stall.known("own"), stall.visitor()
    put_in_cart(desk, stall.variant(COAT), 1)
    put_in_cart(wrong, stall.variant(LAMP), 2)
    wrong, _key = recognise(wrong, stall.world.parties["own"], way="link")
    relay_all()
    assert lines(desk) == {COAT: 1, LAMP: 2}
    undo_recognition(stall.world.principal("agent"), Recognition.objects.get(visitor=wrong))
    relay_all()
    assert lines(desk) == {COAT: 1}
    assert lines(wrong) == {LAMP: 2}


def test_handlers_say_the_same_twice(stall: Stall) -> None:
    visitor = stall.visitor()
    put_in_cart(visitor, stall.variant(LAMP), 1)
    visitor, _key = recognise(visitor, stall.world.parties["own"], way="link")
    for _time in range(2):
        bring_his_cart(VisitorRecognised(visitor=visitor.pk, party=visitor.party_id, way="link"), None)  # type: ignore[arg-type]
    assert lines(visitor) == {LAMP: 1}
    party_id = visitor.party_id
    for _time in range(2):
        leave_the_cart_there(RecognitionUndone(visitor=visitor.pk, party=party_id), None)  # type: ignore[arg-type]
    assert Cart.objects.get().party is None


def test_fewer_in_one_browser_leaves_the_other_as_it_fits(stall: Stall) -> None:
    desk, phone = stall.known("own"), stall.known("own")
    put_in_cart(desk, stall.variant(JACKET), 2)
    put_in_cart(phone, stall.variant(JACKET), 3)
    set_quantity(phone, stall.variant(JACKET), 4)
    assert lines(desk) == {JACKET: 4}
    set_quantity(phone, stall.variant(JACKET), 1)
    assert lines(phone) == {JACKET: 1}
    set_quantity(desk, stall.variant(JACKET), 0)
    assert lines(phone) == lines(desk) == {}


def test_stock_is_said_while_adding(stall: Stall) -> None:
    visitor = stall.visitor()
    stall.put(LAMP, 3)
    added = put_in_cart(visitor, stall.variant(LAMP), 5)
    assert (added.quantity, added.cut) == (3, True)
    stall.put(JACKET, 0)
    with pytest.raises(DomainError) as refused:
        put_in_cart(visitor, stall.variant(JACKET))
    assert refused.value.code == "out-of-stock"
    assert put_in_cart(visitor, stall.variant(WORK), 40).quantity == 40, "work is never short"


def test_no_quantity_is_negative(stall: Stall) -> None:
    client = Client()
    client.post("/p/shop/cart/add", {"variant": stall.variant(LAMP)})
    visitor = visitor_here(client)
    for quantity in ("-3", "0", "abc", "100000", "1,5", ""):
        added = {"variant": stall.variant(LAMP), "quantity": quantity, "next": "/p/shop/cart"}
        page = client.post("/p/shop/cart/add", added, follow=True).content.decode()
        assert "999" in page, quantity
        assert lines(visitor) == {LAMP: 1}, quantity
    answer = client.post(f"/p/shop/cart/{stall.variant(LAMP)}", {"quantity": "-1"})
    assert answer.status_code == 422
    assert lines(visitor) == {LAMP: 1}


def test_what_is_taken_out_can_be_put_back(stall: Stall) -> None:
    client, lamp = Client(), stall.variant(LAMP)
    client.post("/p/shop/cart/add", {"variant": lamp, "quantity": "2"})
    page = client.post(f"/p/shop/cart/{lamp}", {"quantity": "0"}, follow=True).content.decode()
    assert f"/p/shop/cart/{lamp}/back/2" in page
    client.post(f"/p/shop/cart/{lamp}/back/2")
    assert lines(visitor_here(client)) == {LAMP: 2}


def test_a_look_makes_nobody_a_visitor(stall: Stall) -> None:
    client = Client()
    client.get("/p/shop/cart")
    assert "filo-visitor" not in client.cookies
    assert not Visitor.objects.exists()


def test_what_one_may_not_see_one_cannot_put_in(stall: Stall, world: World) -> None:
    lamp = stall.goods.products["Lampada da terra"]
    type(lamp).objects.filter(pk=lamp.pk).update(reserved=True)
    with pytest.raises(NotFound):
        put_in_cart(stall.visitor(), stall.variant(LAMP))


def test_colleagues_see_an_open_cart_on_the_card(stall: Stall, client_of: Callable[[str], CheckedClient]) -> None:
    card = f"/parties/{stall.world.parties['own'].pk}"
    agent = client_of("agent")
    assert f'hx-get="{card}/cart"' in agent.get(card).content.decode()
    assert "Nel carrello" not in agent.get(f"{card}/cart").content.decode()
    put_in_cart(stall.known("own"), stall.variant(LAMP), 2)
    assert "Nel carrello" in agent.get(f"{card}/cart").content.decode()
    assert client_of("stranger").get(f"{card}/cart").status_code == 404
    assert client_of("researcher").get(f"{card}/cart").status_code == 403


def test_his_copy_names_what_lies_in_his_cart(stall: Stall) -> None:
    put_in_cart(stall.known("own"), stall.variant(LAMP), 2)
    lines = next(data for data in records() if data.model == "shop.CartLine")
    told = [lines.exported(row) for row in lines.of_party(stall.world.parties["own"].pk)]
    assert [(one["sku"], one["name"], one["quantity"]) for one in told] == [(LAMP, "Lampada da terra", 2)]
