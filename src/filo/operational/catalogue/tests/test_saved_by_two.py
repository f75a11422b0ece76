"""Who saves second is told so, and overwrites nobody: VAT classes, places, products in another language, catalogues."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.operational.catalogue.services.catalogues import save_catalogue
from filo.operational.catalogue.tests.shop import HOUSE, Shop
from filo.testing.clients import CheckedClient
from filo.testing.forms import saved_twice, values_of

Clients = Callable[[str], CheckedClient]
SENTENCE = "Qualcun altro ha modificato questi dati mentre scrivevi."
PLACES: dict[str, tuple[str, Callable[[Shop], str]]] = {
    "vat": ("admin", lambda shop: f"/settings/catalogue/vat/{shop.vat.pk}"),
    "place": ("admin", lambda shop: f"/settings/catalogue/places/{shop.places['centro'].pk}"),
    "text": ("inside", lambda shop: f"/products/{shop.products['Giacca di lino'].pk}/text/en"),
    "product": ("inside", lambda shop: f"/products/{shop.products['Giacca di lino'].pk}/edit"),
    "catalogue": ("inside", lambda _shop: f"/catalogues/{save_catalogue(HOUSE, None, {'name': 'Anteprima'}).pk}/edit"),
}


@pytest.mark.parametrize("what", PLACES)
def test_the_second_is_told_and_the_first_stays(shop: Shop, client_of: Clients, what: str) -> None:
    who, address = PLACES[what]
    found = saved_twice(client_of(who), address(shop), "name", "Primo", "Secondo")
    assert (found.status, SENTENCE in found.page, found.kept, found.at_last) == (422, True, "Primo", "Secondo")


def test_a_wrong_row_of_variants_does_not_pass_over_what_was_saved_meanwhile(shop: Shop, client_of: Clients) -> None:
    client, address = client_of("inside"), f"/products/{shop.products['Lampada da terra'].pk}"
    form = values_of(client.get(address).content.decode(), containing="v0-price")
    assert client.post(f"{address}/variants", form | {"v0-price": "70"}).status_code == 302
    wrong = client.post(f"{address}/variants", form | {"v0-price": "tanto"}).content.decode()
    late = client.post(f"{address}/variants", values_of(wrong, containing="v0-price") | {"v0-price": "80"})
    assert (late.status_code, SENTENCE in late.content.decode()) == (422, True)


def test_another_mistake_does_not_pass_over_what_was_saved_meanwhile(shop: Shop, client_of: Clients) -> None:
    client = client_of("inside")
    address = f"/catalogues/{save_catalogue(HOUSE, None, {'name': 'Anteprima'}).pk}/edit"
    form = values_of(client.get(address).content.decode(), containing="name")
    client.post(address, form | {"name": "Primavera"})
    wrong = client.post(address, form | {"name": ""}).content.decode()
    late = client.post(address, values_of(wrong, containing="name") | {"name": "Autunno"})
    assert (late.status_code, SENTENCE in late.content.decode()) == (422, True)
