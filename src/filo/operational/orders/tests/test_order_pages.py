"""Pages of orders: written, confirmed with a choice where goods are short, shipped; the customer looks where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.test import Client

from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.tracking import track_token
from filo.operational.orders.tests.counter import COAT, JACKET, Counter
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


def test_an_order_is_written_and_confirmed(counter: Counter, client_of: ClientOf) -> None:
    party = counter.world.parties["own"]
    client = client_of("admin")
    typed = {"party": str(party.id), "what": [JACKET, "Consegna al piano"], "quantity": ["2", "1"]}
    made = client.post("/orders/new", {**typed, "id": ["", ""], "unit_price": ["", "15,50"], "discounts": ["", ""]})
    order = Order.objects.get()
    assert made["Location"] == f"/orders/{order.id}"
    assert [line.code for line in counter.lines(order)] == [JACKET, ""]
    client.post(f"/orders/{order.id}/confirm")
    assert counter.again(order).state == "confirmed"
    page = client.get(f"/orders/{order.id}").content.decode()
    assert counter.again(order).name in page
    assert "Consegna al piano" in page


def test_what_was_typed_wrong_is_kept(counter: Counter, client_of: ClientOf) -> None:
    party = counter.world.parties["own"]
    typed = {"party": str(party.id), "what": [JACKET], "quantity": ["-2"], "unit_price": ["abc"], "discounts": [""]}
    answer = client_of("admin").post("/orders/new", {**typed, "id": [""]})
    assert answer.status_code == 422
    assert 'value="abc"' in answer.content.decode()
    assert Order.objects.count() == 0


@pytest.mark.parametrize(
    ("what", "quantity", "said"),
    [
        ("PIPPO-999", "1", "Nessun articolo ha questo codice"),
        (JACKET, "99999999999999999999", "10.000.000"),
    ],
)
def test_a_refused_line_says_what_is_wrong(
    counter: Counter, client_of: ClientOf, what: str, quantity: str, said: str
) -> None:
    party = counter.world.parties["own"]
    typed = {"party": str(party.id), "what": [what], "quantity": [quantity], "id": [""], "unit_price": [""]}
    client = client_of("admin")
    answer = client.post("/orders/new", {**typed, "discounts": [""]})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_what_is_short_offers_choices(counter: Counter, client_of: ClientOf) -> None:
    order = counter.draft(counter.line(JACKET, "12"))
    client = client_of("admin")
    answer = client.post(f"/orders/{order.id}/confirm")
    assert answer.status_code == 422
    assert 'value="wait"' in answer.content.decode()
    client.post(f"/orders/{order.id}/confirm", {"short": "part"})
    assert OrderLine.objects.get(order=order).quantity == 10


def test_a_part_leaves_arrives_and_comes_back(counter: Counter, client_of: ClientOf) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"), counter.line(COAT, "1"))
    jacket, coat = counter.lines(order)
    client = client_of("admin")
    client.post(f"/orders/{order.id}/ship", {f"line-{jacket.pk}": "2", "tracking": "AB 1"})
    assert counter.again(order).state == "part"
    client.post(f"/orders/{order.id}/ship", {f"line-{coat.pk}": "1"})
    for shipment in order.shipments.all():
        client.post(f"/orders/shipments/{shipment.id}/arrived")
    assert counter.again(order).state == "delivered"
    back = {f"line-{coat.pk}": "1", "restock": "1", "version": str(counter.again(order).version)}
    client.post(f"/orders/{order.id}/return", back)
    assert client.post(f"/orders/{order.id}/return", back).status_code == 422
    assert counter.stock(COAT) == (10, 0)


def test_who_sees_which_orders(counter: Counter, client_of: ClientOf) -> None:
    order = counter.draft(by="agent")
    addresses = (f"/orders/{order.id}", f"/orders/{order.id}/confirm")
    seen = {
        who: [client_of(who).get(addresses[0]).status_code, client_of(who).post(addresses[1]).status_code]
        for who in ("stranger", "teammate", "researcher", "operator", "agent", "manager")
    }
    assert seen["stranger"] == seen["teammate"] == [404, 404]
    assert seen["researcher"] == [404, 404]
    assert seen["operator"] == [200, 403]
    assert seen["agent"] == [200, 302]
    assert seen["manager"][0] == 200
    assert "1" in client_of("operator").get("/orders").content.decode()


def test_the_customer_finds_his_order_and_a_stranger_does_not(counter: Counter, client: Client) -> None:
    cache.clear()
    order = counter.confirmed(mail_to="anna@bassi.example")
    number = f"{order.year}/{order.number}"
    found = client.post("/p/order", {"number": number, "proof": "ANNA@bassi.example"})
    assert found.status_code == 302
    page = client.get(found["Location"])
    assert order.name in page.content.decode()
    wrong = client.post("/p/order", {"number": number, "proof": "other@bassi.example"})
    unknown = client.post("/p/order", {"number": "2026/999", "proof": "anna@bassi.example"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert client.get(f"/p/order/{track_token(order)}x")["Location"] == "/p/order"
    assert [client.post("/p/order", {"number": number, "proof": "x"}).status_code for _time in range(20)][-1] == 422
    limited = client.post("/p/order", {"number": number, "proof": "anna@bassi.example"})
    assert limited.status_code == 422


def test_the_form_keeps_what_it_does_not_show_of_a_line(counter: Counter, client_of: ClientOf) -> None:
    place = counter.shop.places["centro"]
    book = LineDraft(
        description="Libro",
        unit_price=Decimal(100),
        vat_rate=Decimal(4),
        code="LIB",
        unit="PZ",
    )
    order = counter.draft(book, replace(book, vat_rate=Decimal(0), nature="N4"), counter.line(place_id=place.pk))
    lines = counter.lines(order)
    typed = {"what": ["Libro", "Libro usato", JACKET], "quantity": ["2", "1", "1"], "unit_price": ["100,00", "90", ""]}
    rows = {"id": [str(line.pk) for line in lines], "discounts": ["", "", ""], "version": str(order.version)}
    client_of("admin").post(f"/orders/{order.pk}/write", typed | rows)
    found = [(one.vat_rate, one.nature, one.code, one.unit, one.quantity) for one in counter.lines(order)[:2]]
    assert found == [(4, "", "LIB", "PZ", 2), (0, "N4", "LIB", "PZ", 1)]
    assert counter.lines(order)[1].description == "Libro usato"
    assert counter.lines(order)[2].place_id == place.pk


def test_all_orders_of_one_customer_are_listed_with_their_company(counter: Counter, client_of: ClientOf) -> None:
    mine, other = counter.confirmed(), counter.draft(party="nobodys")
    client, party = client_of("admin"), counter.world.parties["own"]
    address = f"/orders?party={party.id}"
    assert address in client.get(f"/parties/{party.id}/orders").content.decode()
    page = client.get(address).content.decode()
    assert f"/orders/{mine.id}" in page
    assert f"/orders/{other.id}" not in page
    assert "Aurora Moda" in page


def test_a_mistake_does_not_pass_over_what_was_saved_meanwhile(counter: Counter, client_of: ClientOf) -> None:
    order, client = counter.draft(counter.line(JACKET, "2")), client_of("admin")
    write, line = f"/orders/{order.id}/write", {"what": [JACKET], "discounts": [""], "id": [""], "unit_price": [""]}
    read = {"version": order.version}
    assert client.post(write, {**line, **read, "quantity": ["3"]}).status_code == 302
    wrong = client.post(write, {**line, **read, "quantity": ["-1"]}).content.decode()
    kept = values_of(wrong, containing="what")["version"]
    late = client.post(write, {**line, "quantity": ["9"], "version": kept})
    assert late.status_code == 422
    assert [one.quantity for one in counter.lines(order)] == [Decimal(3)]
    shown = values_of(late.content.decode(), containing="what")["version"]
    assert client.post(write, {**line, "quantity": ["9"], "version": shown}).status_code == 302
