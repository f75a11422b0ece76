"""Catalogues at the API: made, changed, filled, opened, published, and their link."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from filo.foundation.accounts.services import edit_person
from filo.operational.catalogue.models import Catalogue, CatalogueGuest, Product
from filo.operational.catalogue.tests.shop import Shop
from filo.testing.api import api_of
from filo.testing.world import BUILDER, World


def _made(api: Any, **body: Any) -> Any:
    answer = api.send("/catalogues", {"name": "Anteprima", **body})
    assert answer.status_code == 201, answer.content
    return answer


def test_it_is_made_read_listed_and_changed_by_what_is_sent(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    answer = _made(
        api, company="aurora-moda", chosen_by="https://x.example/products?q=lampada&sort=name", for_whom="area=sud"
    )
    made = answer.json()
    assert (made["code"], made["published"], made["chosen_by"]) == ("anteprima", False, "q=lampada")
    assert (made["company"], made["for_whom"]) == ("aurora-moda", "area=sud")
    address = f"/catalogues/{made['id']}"
    assert api.read(address)["ETag"] == answer["ETag"]
    changed = api.change(address, {"description": "Per pochi"}, If_Match=answer["ETag"]).json()
    assert (changed["name"], changed["description"], changed["for_whom"]) == ("Anteprima", "Per pochi", "area=sud")
    stale = api.change(address, {"name": "Altro"}, If_Match=answer["ETag"])
    assert stale.status_code == 412
    assert stale.json()["differing"] == {"name": {"theirs": "Anteprima", "yours": "Altro"}}
    assert [one["id"] for one in api.read("/catalogues?q=ante").json()["items"]] == [made["id"]]
    assert api.read('/catalogues?filter={"field":"published","value":"yes"}').json()["items"] == []


def test_it_is_filled_by_hand_and_by_its_filter(shop: Shop, world: World) -> None:
    api, lamp = api_of(world, "inside"), shop.products["Lampada da terra"]
    address = f"/catalogues/{_made(api, chosen_by='q=lampada').json()['id']}"
    jacket = shop.products["Giacca di lino"]
    Product.objects.filter(pk=jacket.pk).update(status="draft")
    assert api.send(f"{address}/products", {"products": [str(jacket.pk), str(jacket.pk)]}).json() == {"put": 1}
    assert api.send(f"{address}/products", {"products": [str(jacket.pk)]}).json() == {"put": 0}
    held = [(one["code"], one["by_hand"], one["shown"]) for one in api.read(f"{address}/products").json()["items"]]
    assert held == [(jacket.code, True, False), (lamp.code, False, True)]
    assert api.remove(f"{address}/products/{jacket.pk}").status_code == 204
    assert [one["product"] for one in api.read(f"{address}/products").json()["items"]] == [str(lamp.pk)]
    refused = api.send(f"{address}/products", {"products": [str(world.parties["own"].pk)]})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["products.0"])


def _link(api: Any, address: str) -> str:
    return "/p/c/" + str(api.read(f"{address}/link").json()["link"].rpartition("/")[2])


def test_guests_are_invited_and_sent_home(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    address = f"/catalogues/{_made(api).json()['id']}"
    guest = world.parties["own"]
    for _time in range(2):
        assert api.send(f"{address}/guests", {"party": str(guest.pk)}).status_code == 204
    told = [{"party": str(guest.pk), "name": guest.display_name}]
    assert api.read(f"{address}/guests").json()["items"] == told
    assert api_of(world, "stranger").read(f"{address}/guests").json()["items"] == []
    assert api.send(f"{address}/guests", {"party": str(shop.vat.pk)}).status_code == 422
    assert api.remove(f"{address}/guests/{guest.pk}").status_code == 204
    assert not CatalogueGuest.objects.exists()


def test_its_link_opens_it_from_publishing_until_withdrawing_or_a_new_link(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    answer = _made(api, chosen_by="q=lampada")
    address, path = f"/catalogues/{answer.json()['id']}", _link(api, f"/catalogues/{answer.json()['id']}")
    assert Client().get(path).status_code == 410
    published = api.send(f"{address}/publish", If_Match=answer["ETag"])
    assert published.json()["published"]
    assert Client().get(path).status_code == 200
    assert api.send(f"{address}/withdraw", If_Match=answer["ETag"]).status_code == 412
    fresh = "/p/c/" + api.send(f"{address}/link").json()["link"].rpartition("/")[2]
    assert Client().get(path).status_code == 404
    assert Client().get(fresh).status_code == 200
    assert not api.send(f"{address}/withdraw").json()["published"]
    assert Client().get(fresh).status_code == 410


@pytest.mark.parametrize("name", ["agent", "manager", "operator"])
def test_who_does_not_keep_products_only_reads_catalogues(shop: Shop, world: World, name: str) -> None:
    address = f"/catalogues/{_made(api_of(world, 'inside')).json()['id']}"
    api = api_of(world, name)
    assert api.read(address).status_code == 200
    for path, body in (
        ("/catalogues", {"name": "X"}),
        (f"{address}/publish", None),
        (f"{address}/link", None),
        (f"{address}/products", {"products": [str(shop.products["Lampada da terra"].pk)]}),
        (f"{address}/guests", {"party": str(world.parties["own"].pk)}),
    ):
        assert api.send(path, body).status_code == 403, path
    assert api.change(address, {"name": "X"}).status_code == 403


def test_a_catalogue_of_another_company_is_not_there_and_none_is_made_for_it(shop: Shop, world: World) -> None:
    address = f"/catalogues/{_made(api_of(world, 'inside'), company='aurora-casa').json()['id']}"
    inside = world.people["inside"]
    edit_person(BUILDER, inside, version=inside.version, companies=[world.companies["moda"]])
    api = api_of(world, "inside")
    assert api.read(address).status_code == 404
    assert api.change(address, {"name": "X"}).status_code == 404
    assert api.read("/catalogues").json()["items"] == []
    assert api.send("/catalogues", {"name": "Altrui", "company": "aurora-casa"}).status_code == 403
    assert Catalogue.objects.count() == 1


def test_a_name_is_needed_and_a_filter_that_names_what_there_is_not_is_refused(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    assert list(api.send("/catalogues", {"name": " "}).json()["fields"]) == ["name"]
    assert list(api.send("/catalogues", {"name": "X", "chosen_by": "moon=full"}).json()["fields"]) == ["chosen_by"]
    assert api.send("/catalogues", {"name": "X", "published": True}).status_code == 422
