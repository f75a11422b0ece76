"""The list of products: what is counted is what is listed, what is low, and which products go with others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import QueryDict

from filo.foundation.accounts.services import edit_person
from filo.foundation.filters.asking import tree_of
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import Product, ProductRelation, Variant
from filo.operational.catalogue.queries.listing import count_of_products, find_products, page_of_products
from filo.operational.catalogue.queries.page import page_of_product
from filo.operational.catalogue.tests.shop import Shop
from filo.testing.clients import CheckedClient
from filo.testing.world import BUILDER, World

LAMP, JACKET, WORK = "Lampada da terra", "Giacca di lino", "Posa in opera"


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("q=giacca", [JACKET]),
        ("q=lampadda", [LAMP]),
        ("q=LAMPADA", [LAMP]),
        ("q=di", [JACKET]),
        ("q=d", [LAMP, JACKET]),
        ("q=d&status=active", [JACKET]),
        ("q=d&low=yes", [LAMP]),
        ("q=d&in_stock=yes", [JACKET]),
        ("q=d&attribute=colore%3Dblu", [JACKET]),
        ("q=niente+di+simile", []),
        ("q=%21", []),
        ("status=active", [JACKET, WORK]),
    ],
)
def test_as_many_are_counted_as_are_listed(shop: Shop, world: World, address: str, names: list[str]) -> None:
    Product.objects.filter(name=LAMP).update(status="draft", low_at=1)
    shop.put("GIACCA-M-BLU", "centro", 3)
    asked, principal = QueryDict(address), world.principal("agent")
    found = find_products(principal, tree_of(asked, PRODUCT_FILTERS, principal), asked.get("q", ""))
    page = page_of_products(found.rows, sort="name", size=50, cursor="")
    assert [one.name for one in page.rows] == sorted(names)
    assert (count_of_products(found).number, count_of_products(found).exact) == (len(names), True)


def test_low_is_what_has_a_variant_in_use_of_which_no_more_is_free_than_is_wanted(shop: Shop, world: World) -> None:
    principal = world.principal("agent")

    def low() -> list[str]:
        tree = tree_of(QueryDict("low=yes"), PRODUCT_FILTERS, principal)
        return [one.name for one in find_products(principal, tree, "").rows.order_by("folded")]

    assert low() == []  # nobody said how many there are to be
    Product.objects.filter(name=JACKET).update(low_at=3)
    Product.objects.filter(name=LAMP).update(low_at=2)
    for sku, number in (("GIACCA-M-BLU", 4), ("GIACCA-L-BLU", 3), ("LAMPADA", 3)):
        shop.put(sku, "centro", number)
    assert low() == [JACKET]
    Variant.objects.filter(sku="GIACCA-L-BLU").update(active=False)
    assert low() == []


def test_the_page_of_a_product_shows_of_what_goes_with_it_only_what_one_sees(
    shop: Shop, world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    jacket, lamp, work = (shop.products[name] for name in (JACKET, LAMP, WORK))
    ProductRelation.objects.create(product=jacket, other=lamp, kind="accessory")
    ProductRelation.objects.create(product=work, other=jacket, kind="accessory")
    Product.objects.filter(pk__in=[lamp.pk, work.pk]).update(company=world.companies["casa"])

    def links(name: str) -> tuple[list[str], list[str]]:
        page = page_of_product(world.principal(name), jacket)
        return [one.other.name for one in page.relations], [one.product.name for one in page.used_by]

    assert links("stranger") == ([LAMP], [WORK])
    agent = world.people["agent"]
    edit_person(BUILDER, agent, version=agent.version, companies=[world.companies["moda"]])
    assert links("agent") == ([], [])
    assert LAMP not in client_of("agent").get(f"/products/{jacket.pk}").content.decode()
