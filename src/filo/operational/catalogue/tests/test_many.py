"""Many products at once: released, reserved, put on sale or taken off, as one act that can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.events.models import OutboxEvent
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.services.many import change_many
from filo.operational.catalogue.tests.shop import HOUSE, Shop
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

Clients = Callable[[str], CheckedClient]


def _reserved() -> set[str]:
    return set(Product.objects.filter(reserved=True).values_list("name", flat=True))


def _posted(client: CheckedClient, **body: Any) -> Any:
    return client.post("/products/many", body)


def test_those_ticked_are_released_together_and_reserved_again_by_undoing(shop: Shop, client_of: Clients) -> None:
    Product.objects.update(reserved=True)
    ticked = [shop.products[name].pk for name in ("Lampada da terra", "Giacca di lino")]
    before = Product.objects.get(pk=ticked[0]).version
    answer = _posted(client_of("inside"), act="release", chosen=ticked, query="reserved=yes")
    assert answer["Location"] == "/products?reserved=yes"
    assert _reserved() == {"Posa in opera"}
    assert Product.objects.get(pk=ticked[0]).version == before + 1
    assert OutboxEvent.objects.filter(type="product.changed", subject__in=ticked).count() == 2
    operation = AuditEntry.objects.filter(action="product.edit").values_list("operation", flat=True).distinct().get()
    assert undo_operation(HOUSE, operation).taken == 2
    assert _reserved() == {"Posa in opera", "Lampada da terra", "Giacca di lino"}


def test_all_that_the_list_finds_are_put_on_sale_and_no_others(shop: Shop, client_of: Clients) -> None:
    Product.objects.update(status="draft")
    _posted(client_of("inside"), act="active", all="1", query="q=giacca&status=draft&sort=name")
    assert set(Product.objects.filter(status="active").values_list("name", flat=True)) == {"Giacca di lino"}
    _posted(client_of("inside"), act="active", all="1", query="view=all")
    assert not Product.objects.filter(status="draft").exists()


def test_what_is_so_already_is_not_written_again(shop: Shop) -> None:
    lamp = shop.products["Lampada da terra"]
    Product.objects.filter(pk=lamp.pk).update(reserved=True)
    assert change_many(HOUSE, Product.objects.all(), {"reserved": True}) == (2, False)
    assert change_many(HOUSE, Product.objects.all(), {"reserved": True}) == (0, False)
    assert Product.objects.get(pk=lamp.pk).version == lamp.version


def test_no_more_than_can_be_taken_back_are_changed_at_once(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.operational.catalogue.services.many.MOST", 2)
    assert change_many(HOUSE, Product.objects.all(), {"status": "retired"}) == (2, True)
    assert change_many(HOUSE, Product.objects.all(), {"status": "retired"}) == (1, False)


def test_nothing_chosen_says_so(shop: Shop, client_of: Clients) -> None:
    client = client_of("inside")
    answer = client.post("/products/many", {"act": "release", "query": "view=all"}, follow=True)
    assert "Scegli dei prodotti e che cosa farne." in answer.content.decode()


@pytest.mark.parametrize("name", ["agent", "operator"])
def test_who_does_not_keep_products_has_no_boxes_and_is_refused(
    shop: Shop, world: World, client_of: Clients, name: str
) -> None:
    client, lamp = client_of(name), shop.products["Lampada da terra"]
    assert 'name="chosen"' not in client.get("/products?view=all").content.decode()
    assert _posted(client, act="retired", chosen=[lamp.pk]).status_code == 403
    body = {"ids": [str(lamp.pk)], "status": "retired"}
    assert api_of(world, name).send("/products/many", body).status_code == 403


def test_the_list_of_who_keeps_them_has_boxes_and_acts(shop: Shop, client_of: Clients) -> None:
    page = client_of("inside").get("/products?status=active&cursor=").content.decode()
    assert f'name="chosen" value="{shop.products["Lampada da terra"].pk}"' in page
    assert '<input type="hidden" name="query" value="status=active">' in page
    assert page.count('<option value="release">') == 1


def test_the_api_releases_those_named_or_found_and_takes_it_back(shop: Shop, world: World) -> None:
    Product.objects.update(reserved=True)
    api = api_of(world, "inside")
    lamp = str(shop.products["Lampada da terra"].pk)
    assert api.send("/products/many", {"ids": [lamp], "reserved": False}).json()["changed"] == 1
    found = api.send("/products/many", {"filter": {"field": "reserved", "value": "yes"}, "reserved": False}).json()
    assert (found["changed"], found["more"], _reserved()) == (2, False, set())
    assert undo_operation(HOUSE, found["operation"]).taken == 2
    assert _reserved() == {"Giacca di lino", "Posa in opera"}
    for wrong in ({"ids": [lamp]}, {"reserved": False}, {"ids": [lamp], "q": "x", "reserved": False}):
        assert api.send("/products/many", wrong).status_code == 422
