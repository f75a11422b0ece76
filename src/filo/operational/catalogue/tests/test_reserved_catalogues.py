"""Reserved catalogues: who sees what, when; a link that was replaced is refused with a sentence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from filo.foundation import clock
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.queries.showing import shown_to, token_of
from filo.operational.catalogue.services.catalogues import invite, put_into, save_catalogue
from filo.operational.catalogue.services.publication import new_link, publish_catalogue
from filo.operational.catalogue.tests.shop import HOUSE, Shop
from filo.testing.world import World


def _names(world: World, party: str, token: str | None = None) -> set[str]:
    found = shown_to(world.parties[party] if party else None, token, clock.today())
    return {one.name for one in found}


def test_a_reserved_product_is_seen_by_guests_by_those_a_filter_names_and_by_the_link(shop: Shop, world: World) -> None:
    lamp = shop.products["Lampada da terra"]
    Product.objects.filter(pk=lamp.pk).update(reserved=True)
    catalogue = save_catalogue(HOUSE, None, {"name": "Anteprima"})
    put_into(HOUSE, catalogue, [lamp])
    invite(HOUSE, catalogue, world.parties["own"])
    assert lamp.name not in _names(world, "own")
    publish_catalogue(HOUSE, catalogue)
    assert lamp.name in _names(world, "own")
    assert lamp.name not in _names(world, "southern")
    assert lamp.name not in _names(world, "")
    assert lamp.name in _names(world, "", token_of(catalogue))
    save_catalogue(HOUSE, catalogue, {"for_whom": "http://x.example/parties?area=sud&sort=name"})
    assert lamp.name in _names(world, "southern")
    save_catalogue(HOUSE, catalogue, {"valid_to": clock.today() - timedelta(days=1)})
    assert lamp.name not in _names(world, "own")


@pytest.mark.parametrize("language", ["it", "en"])
def test_whoever_has_the_link_sees_its_products_until_a_new_one_is_made(shop: Shop, language: str) -> None:
    catalogue = save_catalogue(HOUSE, None, {"name": "Anteprima", "chosen_by": "q=lampada"})
    catalogue = publish_catalogue(HOUSE, catalogue)
    address = f"/p/c/{token_of(catalogue)}"
    shown = Client(headers={"accept-language": language}).get(address)
    assert "Lampada da terra" in shown.content.decode()
    assert "Giacca di lino" not in shown.content.decode()
    new_link(HOUSE, catalogue)
    refused = Client().get(address)
    assert refused.status_code == 404
    assert Client().get("/p/c/forged").status_code == 404
