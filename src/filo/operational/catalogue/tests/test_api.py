"""Products at the API: with their variants, by SKU, changed by what is sent alone; stock told and set."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from filo.operational.catalogue.models import Product
from filo.operational.catalogue.tests.shop import Shop
from filo.testing.api import api_of
from filo.testing.world import World


def _body(**more: Any) -> dict[str, Any]:
    price = {"amount": "12.50", "currency": "EUR"}
    variants = [
        {"sku": "TAZ-B", "values": {"colore": "blu"}, "price": price},
        {"sku": "TAZ-R", "values": {"colore": "rosso"}, "price": price},
    ]
    return {"code": "TAZ", "name": "Tazza", "attributes": ["colore"], "variants": variants, **more}


def test_it_is_added_read_by_its_sku_and_changed_by_what_is_sent(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    answer = api.ask("POST", "/products", _body(texts={"en": {"name": "Cup"}}))
    assert answer.status_code == 201
    made = answer.json()
    tree = quote('{"field": "sku", "op": "is", "value": "taz-r"}')
    listed = api.ask("GET", f"/products?filter={tree}").json()["items"]
    assert [one["id"] for one in listed] == [made["id"]]
    address = f"/products/{made['id']}"
    change = {"status": "retired", "variants": [{"sku": "TAZ-R", "cost": {"amount": "4", "currency": "EUR"}}]}
    changed = api.ask("PATCH", address, change, If_Match=answer["ETag"]).json()
    assert [one["cost"] for one in changed["variants"]] == [None, {"amount": "4.00", "currency": "EUR"}]
    assert (changed["status"], changed["name"], changed["texts"]["en"]["name"]) == ("retired", "Tazza", "Cup")
    assert api.ask("PATCH", address, {"name": "X"}, If_Match=answer["ETag"]).status_code == 412
    assert api.ask("DELETE", address).status_code == 204
    assert Product.objects.get(pk=made["id"]).deleted_at is not None


def test_a_sku_is_one_products_alone_whatever_its_capitals(shop: Shop, world: World) -> None:
    body = _body(variants=[{"sku": "lampada"}])
    answer = api_of(world, "inside").ask("POST", "/products", body)
    assert answer.status_code == 422
    assert "Lampada da terra" in answer.content.decode()
    assert not Product.objects.filter(code="TAZ").exists()


def test_stock_is_set_and_read(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    told = api.ask("POST", "/stock", {"sku": "lampada", "place": "centro", "quantity": 7}).json()
    assert (told["on_hand"], told["free"]) == ("7", "7")
    api.ask("POST", "/stock", {"sku": "lampada", "place": "centro", "quantity": 2, "how": "add"})
    assert [one["on_hand"] for one in api.ask("GET", "/stock?sku=LAMPADA").json()["items"]] == ["9"]
    assert api.ask("POST", "/stock", {"sku": "nothing", "place": "x", "quantity": 1}).status_code == 422
    assert (
        api_of(world, "agent").ask("POST", "/stock", {"sku": "lampada", "place": "centro", "quantity": 1}).status_code
        == 403
    )
