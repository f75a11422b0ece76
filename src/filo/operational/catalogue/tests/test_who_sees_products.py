"""Who sees and keeps products: all of the house see those of their companies, some keep them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.accounts.services import edit_person
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.tests.shop import Shop
from filo.testing.clients import CheckedClient
from filo.testing.world import BUILDER, World

KEEPERS = {"admin", "boss", "inside"}
EVERYBODY = ("admin", "boss", "manager", "agent", "stranger", "inside", "researcher", "operator")


@pytest.mark.parametrize("name", EVERYBODY)
def test_all_see_them_and_keepers_keep_them(shop: Shop, client_of: Callable[[str], CheckedClient], name: str) -> None:
    product, client = shop.products["Lampada da terra"], client_of(name)
    assert client.get(f"/products/{product.pk}").status_code == 200
    answer = client.post(f"/products/{product.pk}/status", {"status": "retired"})
    assert answer.status_code == (302 if name in KEEPERS else 403)
    assert client.get("/products/new").status_code == (200 if name in KEEPERS else 403)
    assert (Product.objects.get(pk=product.pk).status == "retired") == (name in KEEPERS)


def test_a_product_of_another_company_is_not_there(
    shop: Shop, world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    product = shop.products["Lampada da terra"]
    Product.objects.filter(pk=product.pk).update(company=world.companies["casa"])
    edit_person(
        BUILDER, world.people["agent"], version=world.people["agent"].version, companies=[world.companies["moda"]]
    )
    assert client_of("agent").get(f"/products/{product.pk}").status_code == 404
    assert client_of("stranger").get(f"/products/{product.pk}").status_code == 200
