"""Discounts, caps by role, plans and classes of customers at the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.operational.prices.models import Discount, DiscountCap, PartyClass
from filo.operational.prices.tests.shop import Shop, a_discount
from filo.operational.prices.tests.test_api_of_coupons import filtered
from filo.testing.api import api_of

DAY = timedelta(days=1)
Wrong = tuple[dict[str, Any], str, str]


@pytest.fixture
def boss(shop: Shop) -> Any:
    return api_of(shop.world, "boss", language="en")


@pytest.fixture
def admin(shop: Shop) -> Any:
    return api_of(shop.world, "admin", language="en")


def test_a_discount_is_made_read_changed_and_taken_out_of_use(shop: Shop, boss: Any) -> None:
    made = boss.send(
        "/discounts",
        {
            "name": "Inverno",
            "percent": "12.50",
            "product_line": "donna",
            "category": "Donna",
            "area": "nord",
            "min_quantity": "3",
            "min_total": {"amount": "100"},
            "alone": True,
            "priority": 2,
            "valid_from": "2026-12-01",
            "valid_to": "2099-01-31",
        },
    )
    assert made.status_code == 201, made.content
    found, address = made.json(), made["Location"].removeprefix("/api/v1")
    assert (found["code"], found["percent"], found["product_line"], found["product"]) == (
        "inverno",
        "12.5",
        "donna",
        "",
    )
    assert (found["min_quantity"], found["min_total"]) == ("3", {"amount": "100.00", "currency": "EUR"})
    changed = boss.change(address, {"product": "shirt", "min_total": None}, If_Match=made["ETag"]).json()
    assert (changed["product"], changed["min_total"]["amount"], changed["alone"]) == ("shirt", "0.00", True)
    assert boss.change(address, {"percent": "20"}, If_Match=made["ETag"]).status_code == 412
    assert boss.change(address, {"active": False, "code": ""}).json() | {"version": 0} == {
        **changed,
        "active": False,
        "state": "paused",
        "version": 0,
    }
    assert Discount.objects.get().percent == 12.5


def test_discounts_are_listed_in_the_order_in_which_they_come(shop: Shop, boss: Any) -> None:
    a_discount("five", "5", priority=2)
    a_discount("ten", "10", priority=1, valid_from=clock.today() + DAY)
    a_discount("over", "50", priority=3, valid_to=clock.today() - DAY)
    assert [one["code"] for one in boss.read("/discounts").json()["items"]] == ["ten", "five", "over"]
    assert [one["code"] for one in filtered(boss, "/discounts", "state", "upcoming")] == ["ten"]
    assert [one["code"] for one in filtered(boss, "/discounts", "state", "expired", "is-not")] == ["ten", "five"]
    assert [one["code"] for one in filtered(boss, "/discounts", "percent", "7", "more")] == ["ten", "over"]
    assert [one["code"] for one in boss.read("/discounts?q=fiv").json()["items"]] == ["five"]


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"percent": "100.01"}, "percent", "A percentage is more than 0 and at most 100."),
        ({"percent": "-5"}, "percent", "A percentage is more than 0 and at most 100."),
        ({"min_quantity": "-1"}, "min_quantity", "It cannot be less than nothing."),
        ({"min_total": {"amount": "-1"}}, "min_total", "It cannot be less than nothing."),
        ({"min_total": {"amount": "1", "currency": "USD"}}, "min_total", "Say it in euro."),
        ({"valid_from": "2026-12-02", "valid_to": "2026-12-01"}, "valid_to", "It ends before it begins."),
        ({"name": " "}, "name", "Say what it is called."),
        ({"code": "there"}, "code", "There is a discount of this code already."),
        ({"product": "nobody"}, "product", "There is none with this code."),
        ({"product_line": "nobody"}, "product_line", "There is none with this code."),
        ({"priority": 1001}, "priority", "Not more than 1000."),
    ],
)
def test_a_discount_that_cannot_be_is_refused(
    shop: Shop, boss: Any, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    there = a_discount("there", "5")
    refused = boss.send("/discounts", {"name": "Inverno", "percent": "10", **wrong})
    assert (refused.status_code, refused.json()["fields"]) == (422, {field: [sentence]})
    if field != "code":
        refused = boss.change(f"/discounts/{there.pk}", wrong)
        assert (refused.status_code, refused.json()["fields"]) == (422, {field: [sentence]})
    assert Discount.objects.count() == 1


def test_caps_are_made_changed_and_removed_by_who_keeps_the_settings(shop: Shop, admin: Any) -> None:
    made = admin.send("/discount-caps", {"role": "agent", "percent": "10", "company": "aurora-moda"})
    assert made.status_code == 201, made.content
    address = made["Location"].removeprefix("/api/v1")
    assert made.json() | {"id": ""} == {
        "id": "",
        "role": "agent",
        "company": "aurora-moda",
        "product_line": "",
        "percent": "10",
        "version": 1,
    }
    for wrong, field, sentence in (
        ({"percent": "12"}, "role", "There is a cap for these already."),
        ({"role": "nobody"}, "role", "There is no role with this code."),
        ({"company": "", "percent": "101"}, "percent", "A percentage is between 0 and 100."),
        ({"company": "", "percent": "-1"}, "percent", "A percentage is between 0 and 100."),
        ({"product_line": "nobody"}, "product_line", "There is none with this code."),
    ):
        refused = admin.send("/discount-caps", {"role": "agent", "percent": "10", "company": "aurora-moda", **wrong})
        assert (refused.status_code, refused.json()["fields"]) == (422, {field: [sentence]})
    assert admin.change(address, {"percent": "15"}, If_Match=made["ETag"]).json()["percent"] == "15"
    assert admin.change(address, {"percent": "20"}, If_Match=made["ETag"]).status_code == 412
    assert admin.remove(address, If_Match=made["ETag"]).status_code == 412
    assert [one["percent"] for one in filtered(admin, "/discount-caps", "role", "agent")] == ["15"]
    assert admin.change(address, {"product_line": "donna"}).json()["product_line"] == "donna"
    agent = api_of(shop.world, "agent")
    assert agent.send("/discount-caps", {"role": "agent", "percent": "90"}).status_code == 403
    assert agent.change(address, {"percent": "90"}).status_code == 403
    assert agent.remove(address).status_code == 403
    assert admin.remove(address).status_code == 204
    assert admin.read(address).status_code == 404
    assert not DiscountCap.objects.exists()


def test_plans_are_read_and_written_as_a_whole(shop: Shop, boss: Any) -> None:
    address = f"/products/{shop.goods['shirt'].product_id}/plans"
    empty = boss.read(address)
    assert (empty.json()["features"], [one["sku"] for one in empty.json()["plans"]]) == ([], ["SHIRT"])
    rows = [
        {"name": "Telefono", "name_en": "Telephone", "values": {"shirt": "sì"}},
        {"name": "Posti", "kind": "number", "unit": "n", "values": {"SHIRT": "10"}},
    ]
    written = boss.ask("PUT", address, {"features": rows}, If_Match=empty["ETag"])
    assert written.status_code == 200, written.content
    assert written.json()["features"] == [
        {"name": "Telefono", "name_en": "Telephone", "kind": "yes-no", "unit": "", "values": {"SHIRT": "sì"}},
        {"name": "Posti", "name_en": "", "kind": "number", "unit": "n", "values": {"SHIRT": "10"}},
    ]
    assert boss.ask("PUT", address, {"features": []}, If_Match=empty["ETag"]).status_code == 412
    before = AuditEntry.objects.count()
    assert boss.ask("PUT", address, {"features": rows}).json() == written.json()
    assert AuditEntry.objects.count() == before
    assert api_of(shop.world, "agent").ask("PUT", address, {"features": []}).status_code == 403
    assert api_of(shop.world, "researcher").read(address).status_code == 403


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([{"name": "A"}, {"name": " A "}], "name"),
        ([{"name": " "}], "name"),
        ([{"name": "A", "values": {"nobody": "1"}}], "features.0.values"),
        ([{"name": "A", "values": {"shirt": "x" * 121}}], "features.0.values"),
        ([{"name": "A", "kind": "number", "values": {"shirt": "many"}}], "values"),
        ([{"name": "A", "kind": "number", "values": {"shirt": "NaN"}}], "values"),
        ([{"name": "A", "kind": "odd"}], "features.0.kind"),
        ([{"name": f"{number}"} for number in range(61)], "features"),
    ],
)
def test_plans_that_cannot_be_are_refused(shop: Shop, boss: Any, rows: list[dict[str, Any]], field: str) -> None:
    refused = boss.ask("PUT", f"/products/{shop.goods['shirt'].product_id}/plans", {"features": rows})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])


def test_the_class_of_a_customer_is_read_and_said(shop: Shop, boss: Any) -> None:
    own = shop.world.parties["own"]
    address = f"/parties/{own.pk}/price-class"
    PartyClass.objects.create(party=own, company=shop.world.companies["moda"], word="oro")
    before = boss.read(address)
    assert before.json() | {"version": 0} == {
        "word": "",
        "companies": [{"company": "aurora-moda", "word": "oro"}],
        "version": 0,
    }
    assert boss.change(address, {"word": " Rivenditori "}, If_Match=before["ETag"]).json()["word"] == "rivenditori"
    late = boss.change(address, {"word": "altri"}, If_Match=before["ETag"])
    assert (late.status_code, late.json()["differing"]) == (
        412,
        {"word": {"theirs": "rivenditori", "yours": "altri"}},
    )
    assert boss.change(address, {"word": "x" * 41}).status_code == 422
    assert boss.change(address, {}).json()["word"] == "rivenditori"
    assert boss.change(address, {"word": ""}).json()["word"] == ""
    agent, stranger = api_of(shop.world, "agent"), api_of(shop.world, "stranger")
    assert (agent.read(address).status_code, stranger.read(address).status_code) == (200, 404)
    assert agent.change(address, {"word": "oro"}).status_code == 403
    assert api_of(shop.world, "researcher").read(address).status_code == 403
