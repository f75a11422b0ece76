"""Variants are found for a line by code, by barcode, by words in any order and by words that are mistyped."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection

from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.finding import find_variants, variants_by_sku
from filo.operational.catalogue.services.findable import keep_findable
from filo.operational.catalogue.tests.shop import Shop
from filo.testing.world import World


@pytest.mark.parametrize(
    ("typed", "skus"),
    [
        ("giacca-m-blu", ["GIACCA-M-BLU"]),
        ("GIACCA", ["GIACCA-M-BLU", "GIACCA-L-BLU"]),
        ("lino blu", ["GIACCA-M-BLU", "GIACCA-L-BLU"]),
        ("giacca L", ["GIACCA-L-BLU", "GIACCA-M-BLU"]),
        ("lampadda", ["LAMPADA"]),
        ("8001234567890", ["LAMPADA"]),
        ("niente di simile", []),
        ("", []),
    ],
)
def test_found(shop: Shop, world: World, typed: str, skus: list[str]) -> None:
    Variant.objects.filter(sku="LAMPADA").update(barcode="8001234567890")
    assert [one.sku for one in find_variants(world.principal("agent"), typed)] == skus


def test_a_line_is_told_price_stock_and_values_and_the_cost_to_who_keeps_products(shop: Shop, world: World) -> None:
    shop.put("GIACCA-M-BLU", "centro", 3)
    found = find_variants(world.principal("agent"), "giacca-m-blu")[0]
    assert (found.label, found.cost) == ("Giacca di lino, M, blu", None)
    assert found.price == 100
    assert found.free == 3
    assert find_variants(world.principal("inside"), "giacca-m-blu")[0].cost == 50
    assert find_variants(world.principal("agent"), "posa")[0].free is None


def test_codes_pasted_from_a_sheet(shop: Shop, world: World) -> None:
    found = variants_by_sku(world.principal("agent"), ["lampada", "posa", "unknown"])
    assert {asked: one.price for asked, one in found.items()} == {"lampada": Decimal(250), "posa": Decimal(100)}


def in_category(shop: Shop, category: str, name: str, *skus: str) -> None:
    product = shop.add(name, *skus)
    Product.objects.filter(pk=product.pk).update(category=category)
    keep_findable([product.pk])


def test_codes_that_begin_so_come_before_names_and_names_before_categories(shop: Shop, world: World) -> None:
    in_category(shop, "bim pantaloni", "Camicia", "BIM-CAM-1", "BIM-CAM-2")
    in_category(shop, "bambini", "Bim pantaloncini", "XX-1")
    in_category(shop, "bambini", "Zuava", "BIM-PAN-1", "BIM-PAN-2")
    found = [one.sku for one in find_variants(world.principal("agent"), "bim-pan")]
    assert found == ["BIM-PAN-1", "BIM-PAN-2", "XX-1", "BIM-CAM-1", "BIM-CAM-2"]
    assert [one.sku for one in find_variants(world.principal("agent"), "BIM-PAN", 1)] == ["BIM-PAN-1"]


def test_codes_that_begin_so_are_read_from_their_index(shop: Shop) -> None:
    rows = Variant.objects.filter(sku_folded__begins="bim_pan%").order_by("sku_folded")
    assert not rows.exists()
    if connection.vendor == "sqlite":
        assert "(sku_folded>? AND sku_folded<?)" in rows.explain()
