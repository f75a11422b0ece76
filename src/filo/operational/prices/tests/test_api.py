"""Prices at the API."""

from __future__ import annotations

from typing import Any

import pytest

from filo.operational.prices.tests.shop import Shop, a_list, a_rule
from filo.testing.api import api_of


@pytest.fixture
def boss(shop: Shop) -> Any:
    return api_of(shop.world, "boss")


def test_a_list_is_made_filled_read_and_changed(shop: Shop, boss: Any) -> None:
    made = boss.send("/price-lists", {"name": "Negozi", "customer_class": "Rivenditori", "company": "aurora-moda"})
    assert made.status_code == 201, made.content
    found = made.json()
    assert (found["code"], found["customer_class"], found["lines"]) == ("negozi", "rivenditori", 0)
    address = f"/price-lists/{found['id']}"
    rules = [{"sku": "SHIRT", "value": "39.90"}, {"min_quantity": "10", "means": "percent", "value": "12"}]
    assert boss.send(f"{address}/rules", {"rules": rules}).json() == {"changed": 2}
    assert boss.send(f"{address}/rules", {"rules": rules}).json() == {"changed": 0}
    items = boss.read(f"{address}/rules").json()["items"]
    assert [(one["sku"], one["means"], one["value"], one["min_quantity"]) for one in items] == [
        ("SHIRT", "price", "39.9", "1"),
        ("", "percent", "12", "10"),
    ]
    assert boss.send(f"{address}/rules", {"rules": [{"sku": "NONE", "value": "1"}]}).status_code == 422
    assert boss.change(address, {"priority": 3}).json()["priority"] == 3
    assert boss.read("/price-lists").json()["count"] == 1


def test_a_basket_comes_back_priced_with_its_reasons(shop: Shop, boss: Any) -> None:
    a_rule(a_list("general"), "40", variant=shop.goods["shirt"])
    body = {"lines": [{"sku": "shirt", "quantity": "2"}, {"sku": "BOOK", "quantity": "1", "discounts": "10"}]}
    found = boss.send("/prices", body).json()
    assert found["net"] == {"amount": "89.00", "currency": "EUR"}
    assert found["total"] == {"amount": "106.96", "currency": "EUR"}
    assert [one["code"] for one in found["lines"][0]["reasons"] if one["won"]] == ["general"]
    assert boss.send("/prices", {"lines": [{"sku": "shirt", "quantity": "-1"}]}).status_code == 422
    assert boss.send("/prices", {"lines": [{"sku": "none", "quantity": "1"}]}).status_code == 422
    refused = boss.send("/prices", {**body, "currency": "USD"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no-exchange-rate")
