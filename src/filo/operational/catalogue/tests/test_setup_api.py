"""VAT classes, stock places, the journal, pictures and relations at the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filo.operational.catalogue.models import Product, ProductImage, VatClass
from filo.operational.catalogue.tests.shop import Shop
from filo.testing.api import api_of, token_of
from filo.testing.world import World

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def test_a_vat_class_is_made_and_changed_by_what_is_sent(shop: Shop, world: World) -> None:
    api = api_of(world, "admin")
    answer = api.send("/vat-classes", {"name": "Ridotta 4 %", "rate": 4, "code": "r4"})
    assert answer.status_code == 201
    assert (answer.json()["code"], answer.json()["rate"]) == ("r4", "4")
    address = f"/vat-classes/{answer.json()['id']}"
    changed = api.change(address, {"active": False}, If_Match=answer["ETag"]).json()
    assert (changed["active"], changed["name"], changed["rate"]) == (False, "Ridotta 4 %", "4")
    assert api.change(address, {"law": "X"}, If_Match=answer["ETag"]).status_code == 412
    assert list(api.change(address, {"rate": 0}).json()["fields"]) == ["nature"]
    assert api.change(address, {"rate": 0, "nature": "N4"}).json()["nature"] == "N4"
    assert list(api.send("/vat-classes", {"name": "Y", "rate": 4, "code": "r4"}).json()["fields"]) == ["code"]
    listed = api.read('/vat-classes?filter={"field":"active","value":"yes"}').json()["items"]
    assert [one["code"] for one in listed] == ["22"]


def test_a_stock_place_is_made_and_changed_by_what_is_sent(shop: Shop, world: World) -> None:
    api = api_of(world, "admin")
    answer = api.send("/stock-places", {"name": "Outlet di Serravalle", "company": "aurora-moda", "position": 9})
    assert (answer.status_code, answer.json()["code"]) == (201, "outlet-di-serrav")
    address = f"/stock-places/{answer.json()['id']}"
    changed = api.change(address, {"company": None}, If_Match=answer["ETag"]).json()
    assert (changed["company"], changed["position"]) == (None, 9)
    assert [one["code"] for one in api.read("/stock-places?q=outlet").json()["items"]] == ["outlet-di-serrav"]
    assert list(api.change(address, {"name": " "}).json()["fields"]) == ["name"]


@pytest.mark.parametrize("path", ["/vat-classes", "/stock-places"])
def test_who_sets_nothing_up_only_reads_it(shop: Shop, world: World, path: str) -> None:
    api = api_of(world, "inside")
    found = api.read(path).json()["items"][0]["id"]
    assert api.read(f"{path}/{found}").status_code == 200
    assert api.change(f"{path}/{found}", {"name": "X"}).status_code == 403
    body = {"name": "X", "rate": 4} if path == "/vat-classes" else {"name": "X"}
    assert api.send(path, body).status_code == 403
    assert not VatClass.objects.filter(name="X").exists()


def test_stock_is_counted_arrives_and_moves_all_lines_or_none(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    body: dict[str, Any] = {"do": "arrive", "place": "centro", "note": "Bolla 12"}
    body["lines"] = [{"sku": "lampada", "quantity": 7}, {"sku": "GIACCA-M-BLU", "quantity": 2}]
    told = api.send("/stock/moves", body)
    assert (told.status_code, told.json()["changed"]) == (201, 2)
    moving = {"do": "move", "place": "centro", "into": "negozio"}
    lines = [{"sku": "lampada", "quantity": 3}]
    told = api.send("/stock/moves", {**moving, "lines": lines}).json()["items"]
    assert [(one["place"], one["on_hand"]) for one in told] == [("centro", "4"), ("negozio", "3")]
    too_many = [*lines, {"sku": "GIACCA-M-BLU", "quantity": 9}]
    assert api.send("/stock/moves", {**moving, "lines": too_many}).status_code == 409
    counted = {"do": "count", "place": "centro", "lines": [{"sku": "LAMPADA", "quantity": 5}]}
    api.send("/stock/moves", counted)
    lamp = [(one["reason"], one["quantity"], one["left"]) for one in _journal(api, "?sku=LAMPADA&place=centro")]
    assert lamp == [("count", "1", "5"), ("moved", "-3", "4"), ("arrival", "7", "7")]
    assert {one["note"] for one in _journal(api, '?filter={"field":"reason","value":"arrival"}')} == {"Bolla 12"}
    assert len(_journal(api, f"?product={shop.products['Giacca di lino'].pk}")) == 1


def _journal(api: Any, query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = api.read(f"/stock/moves{query}").json()["items"]
    return items


def test_what_is_not_known_is_named_before_anything_moves(shop: Shop, world: World) -> None:
    lines = [{"sku": "lampada", "quantity": 1}, {"sku": "nothing", "quantity": 1}]
    api = api_of(world, "inside")
    refused = api.send("/stock/moves", {"do": "move", "place": "centro", "into": "luna", "lines": lines})
    assert sorted(refused.json()["fields"]) == ["into", "lines.1.sku"]
    refused = api.send("/stock/moves", {"do": "count", "place": "centro", "into": "negozio", "lines": lines[:1]})
    assert list(refused.json()["fields"]) == ["into"]
    body = {"do": "count", "place": "centro", "lines": lines[:1]}
    assert api_of(world, "agent").send("/stock/moves", body).status_code == 403


def test_pictures_are_added_described_ordered_fetched_and_taken_away(shop: Shop, world: World) -> None:
    api, product = api_of(world, "inside"), shop.products["Lampada da terra"]
    address = f"/products/{product.pk}/images"
    first, second = (_sent(api, address, words=words).json()["id"] for words in ("Davanti", "Di lato"))
    ordered = api.send(f"{address}/order", {"images": [second]}).json()["items"]
    assert [one["words"] for one in ordered] == ["Di lato", "Davanti"]
    assert api.change(f"{address}/{first}", {"words": "Di fronte"}).json()["words"] == "Di fronte"
    fetched = Client(headers={"Authorization": f"Bearer {token_of(world, 'agent')}"}).get(
        f"/api/v1{address}/{first}/file"
    )
    assert (fetched["Content-Type"], b"".join(fetched)) == ("image/png", PNG)
    assert api.remove(f"{address}/{second}", If_Match='"1"').status_code == 412
    assert api.remove(f"{address}/{second}").status_code == 204
    assert [one["id"] for one in api.read(address).json()["items"]] == [first]
    assert api_of(world, "agent").read(address).status_code == 200
    assert _sent(api_of(world, "agent"), address).status_code == 403
    assert ProductImage.objects.count() == 1


def test_what_is_no_picture_is_refused(shop: Shop, world: World) -> None:
    address = f"/products/{shop.products['Lampada da terra'].pk}/images"
    refused = _sent(api_of(world, "inside"), address, b"<svg onload=alert(1)>")
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["image"])
    assert _sent(api_of(world, "inside"), address, colour="red").status_code == 422


def _sent(api: Any, address: str, data: bytes = PNG, **facts: str) -> Any:
    image = SimpleUploadedFile("a.png", data, content_type="image/png")
    return api.post(f"/api/v1{address}", {"image": image, **facts})


def test_products_are_related_and_parted(shop: Shop, world: World) -> None:
    api = api_of(world, "inside")
    lamp, jacket = shop.products["Lampada da terra"], shop.products["Giacca di lino"]
    address = f"/products/{lamp.pk}/related"
    for _time in range(2):
        items = api.send(address, {"other": str(jacket.pk), "kind": "accessory"}).json()["items"]
        assert [(one["other"], one["kind"]) for one in items] == [(str(jacket.pk), "accessory")]
    assert api.send(address, {"other": str(lamp.pk), "kind": "accessory"}).status_code == 422
    assert api.send(address, {"other": str(shop.vat.pk), "kind": "accessory"}).status_code == 422
    assert api.read(f"/products/{jacket.pk}/related").json()["items"] == []
    assert api.remove(f"{address}/{jacket.pk}?kind=accessory").status_code == 204
    assert api.read(address).json()["items"] == []


def test_it_comes_back_from_the_bin_and_is_begun_again_as_a_copy(shop: Shop, world: World) -> None:
    api, lamp = api_of(world, "inside"), shop.products["Lampada da terra"]
    copy = api.send(f"/products/{lamp.pk}/duplicate")
    assert (copy.status_code, copy.json()["status"]) == (201, "draft")
    api.remove(f"/products/{lamp.pk}")
    assert api.send(f"/products/{lamp.pk}/restore").status_code == 200
    assert Product.objects.get(pk=lamp.pk).deleted_at is None
    assert api_of(world, "agent").send(f"/products/{lamp.pk}/duplicate").status_code == 403
