"""A customer sees what is his, and nothing of another's, whatever id he guesses."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client

from filo.collaborative.portal import queries
from filo.collaborative.portal.tests.house import signed_in, visitor_of
from filo.collaborative.visitors.queries.here import link_principal
from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.errors import NotFound
from filo.foundation.ids import uuid7
from filo.operational.invoices.tests.office import office_of
from filo.operational.orders.tests.counter import counter_of
from filo.operational.payments.models import Due
from filo.operational.payments.tests.books import Books
from filo.operational.profile.services import learn
from filo.operational.service.services import open_ticket
from filo.testing.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(world: World) -> dict[str, str]:
    """Addresses of things of the customer `own`, by what they are."""
    order, invoice = counter_of(world).confirmed(), office_of(world).issue("100.00")
    due = Books(world).due()
    ticket = open_ticket(system("test"), subject="Where is it?", party=world.parties["own"])
    trait = learn(system("test"), world.parties["own"], "size", "l", source="chat", confidence=1)
    return {
        "order": f"/p/me/orders/{order.pk}",
        "invoice": f"/p/me/invoices/{invoice.pk}.pdf",
        "due": f"/p/me/pay/{due.pk}",
        "ticket": f"/p/me/requests/{ticket.pk}",
        "fact": f"/p/me/facts/size/{trait.pk}",
    }


def test_what_is_his_opens(world: World, things: dict[str, str]) -> None:
    client = signed_in(world.parties["own"])
    statuses = {name: client.get(address).status_code for name, address in things.items()}
    assert statuses == {"order": 200, "invoice": 200, "due": 302, "ticket": 302, "fact": 200}
    assert client.get(things["invoice"]).content.startswith(b"%PDF")


def test_what_is_anothers_is_not_there(world: World, things: dict[str, str]) -> None:
    client = signed_in(world.parties["southern"])
    assert {client.get(address).status_code for address in things.values()} == {404}
    trait = things["fact"].rpartition("/")[2]
    assert client.post(f"/p/me/facts/{trait}", {"what": "forget"}).status_code == 404
    assert client.post(things["fact"], {"value": "m"}).status_code == 404
    for kind in ("orders", "requests", "pay"):
        assert client.get(f"/p/me/{kind}/{uuid7()}").status_code == 404


def test_lists_hold_ones_own_alone(world: World, things: dict[str, str]) -> None:
    mine, others = signed_in(world.parties["own"]), signed_in(world.parties["southern"])
    me, other = (link_principal(visitor_of(client)) for client in (mine, others))
    lists = (queries.orders_of, queries.invoices_of, queries.dues_of, queries.tickets_of)
    assert all(found(me) for found in lists)
    assert not any(found(other) for found in lists)
    assert {due.party_id for due in queries.dues_of(me)} == {world.parties["own"].pk}
    assert Due.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "staff", "system"])
def test_nobody_else_asks_for_a_customers_own(world: World, who: str) -> None:
    principal = {
        "nobody": Principal(kind="link", name="visitor", also={"visitor": uuid7(), "party": None}),
        "staff": world.principal("admin"),
        "system": system("anything"),
    }[who]
    with pytest.raises(NotFound):
        queries.orders_of(principal)


def test_who_did_not_sign_in_is_led_to_the_sign_in_and_back(world: World, things: dict[str, str]) -> None:
    for client in (Client(), signed_in(world.parties["own"], "assistant")):
        answer = client.get(things["order"])
        assert answer.status_code == 302
        assert unquote(answer["Location"]) == f"/p/sign-in?next={things['order']}"


def test_after_two_quiet_hours_he_signs_in_again(world: World, things: dict[str, str]) -> None:
    client = signed_in(world.parties["own"])
    with clock.at(clock.now() + timedelta(hours=2, minutes=1)):
        assert client.get("/p/me").status_code == 302


def test_nothing_of_it_stays_in_the_browser(world: World, things: dict[str, str]) -> None:
    client = signed_in(world.parties["own"])
    for address in ("/p/me", things["order"], things["invoice"]):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_drafts_are_nobodys_yet(world: World) -> None:
    order, invoice = counter_of(world).draft(), office_of(world).draft("10.00")
    client = signed_in(world.parties["own"])
    assert client.get(f"/p/me/orders/{order.pk}").status_code == 404
    assert client.get(f"/p/me/invoices/{invoice.pk}.pdf").status_code == 404
