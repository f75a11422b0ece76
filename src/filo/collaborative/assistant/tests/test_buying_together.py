"""A colleague and a customer fill in an order together: what both read, what it costs, and what became of it."""

from __future__ import annotations

import pytest
from django.test import Client

from filo.collaborative.chat.models import Chat
from filo.collaborative.chat.tests.desk import begins, group_with, known_browser, place_for
from filo.collaborative.cobrowse.services import share_form
from filo.collaborative.shop.services import put_in_cart
from filo.collaborative.shop.tests.stall import JACKET, Stall, visitor_here
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
