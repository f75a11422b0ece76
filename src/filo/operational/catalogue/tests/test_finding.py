"""Variants are found for a line by code, by barcode, by words in any order and by words that are mistyped."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.finding import find_variants, variants_by_sku
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
