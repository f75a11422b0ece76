"""The picking list says what lies where; the delivery note says what the law asks, in the customer's language."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from filo.operational.orders.models import Carrier, Shipment
from filo.operational.orders.queries.paper import print_delivery_note, print_picking
from filo.operational.orders.services import confirm_order, ship_order
from filo.operational.orders.services.shipping import Parcel
from filo.operational.orders.tests.counter import COAT, JACKET, WORK, Counter
from filo.testing.api import api_of, token_of
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_picking_list_says_how_many_to_fetch_from_where(counter: Counter) -> None:
    counter.shop.put(JACKET, "negozio", 2)
    order = counter.confirmed(counter.line(JACKET, "11"), counter.line(COAT, "3"), counter.line(WORK, "1"))
    counter.ship(order, {COAT: "1"})
    words = words_of(print_picking(counter.again(order), "en"))
    centre, shop, other = (words.index(name) for name in ("Centro", "Negozio", "Not kept in stock"))
    assert order.name in words
    assert centre < words.index("10 pc") < shop < words.index("1 pc", shop) < other
    assert "2 pc" in words[centre:shop]
    assert WORK in words[other:]


def test_what_is_missing_is_told_apart(counter: Counter) -> None:
    order = confirm_order(counter.principal(), counter.draft(counter.line(JACKET, "12")), short="wait")
    words = words_of(print_picking(order, "en"))
    assert words.index("10 pc") < words.index("Not in stock yet") < words.index("2 pc", words.index("Not in stock yet"))


def test_the_delivery_note_says_what_the_law_asks(counter: Counter) -> None:
    carrier = Carrier.objects.create(name="Corriere Rosso", address="Via Ponte 1, Milano")
    order = counter.confirmed(counter.line(JACKET, "2"), ship_to=["Cantiere Bassi", "Via Nuova 9", "20100 Milano (MI)"])
    parcel = Parcel(
        carrier_id=carrier.pk, parcels=3, weight=Decimal("12.5"), cause="trial", tracking="AB1", note="Fragile"
    )
    shipment = ship_order(counter.principal(), order, parcel=parcel)
    words = words_of(print_delivery_note(shipment))
    for part in (
        *("Documento di trasporto", f"{shipment.number}/{shipment.year}", "472", order.name, "Cantiere Bassi"),
        *("Via Nuova 9", "Corriere Rosso, Via Ponte 1, Milano", "Conto visione", "12,5 kg", "AB1", "Fragile"),
        *(JACKET, "Numero colli 3", *order.company.name.split(), *order.bill_to),
    ):
        assert part in words
    english = counter.confirmed(counter.line(JACKET, "1"), language="en")
    assert "Delivery note" in words_of(print_delivery_note(ship_order(counter.principal(), english)))


def test_our_side_stays_as_it_was_that_day(counter: Counter) -> None:
    shipment = ship_order(counter.principal(), counter.confirmed(counter.line(JACKET, "1")))
    before = shipment.order.company.legal_name or shipment.order.company.name
    company = counter.world.companies["moda"]
    company.legal_name = "Altra ragione S.r.l."
    company.save()
    again = Shipment.objects.select_related("order__company", "order__party").get(pk=shipment.pk)
    assert again.issuer[0] == before
    assert before in words_of(print_delivery_note(again))


@pytest.mark.parametrize(
    ("name", "typed"), [("parcels", "0"), ("parcels", "molti"), ("weight", "-2"), ("weight", "tanto"), ("cause", "x")]
)
def test_what_is_typed_wrong_about_a_shipment_is_said_and_kept(
    counter: Counter, client_of: ClientOf, name: str, typed: str
) -> None:
    order = counter.confirmed(counter.line(JACKET, "3"))
    line = counter.lines(order)[0]
    answer = client_of("admin").post(f"/orders/{order.id}/ship", {f"line-{line.pk}": "2", name: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'name="line-{line.pk}" value="2"' in page
    assert name == "cause" or f'value="{typed}"' in page
    assert counter.again(order).state == "confirmed"


def test_papers_are_for_those_who_see_the_order(counter: Counter, client_of: ClientOf) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"))
    shipment = counter.ship(order, {JACKET: "1"})
    pages = (f"/orders/{order.id}/picking-list", f"/orders/shipments/{shipment.id}/delivery-note")
    calls = (f"/orders/{order.id}/picking-list", f"/shipments/{shipment.id}/delivery-note")
    page = client_of("admin").get(f"/orders/{order.id}").content.decode()
    for address, call in zip(pages, calls, strict=True):
        assert address in page
        found = client_of("admin").get(address)
        assert (found.status_code, found.content[:5], found["Content-Type"]) == (200, b"%PDF-", "application/pdf")
        assert client_of("stranger").get(address).status_code == 404
        headers = {"Authorization": f"Bearer {token_of(counter.world, 'admin')}"}
        assert Client().get(f"/api/v1{call}", headers=headers).content[:5] == b"%PDF-"
        assert api_of(counter.world, "stranger").read(call).status_code == 404
