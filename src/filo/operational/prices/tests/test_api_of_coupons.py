"""Coupons at the API: made, changed, counted, in series, and asked of a basket."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from filo.foundation import clock
from filo.foundation.errors import Forbidden
from filo.operational.prices.models import Coupon
from filo.operational.prices.services.coupons import use_coupon
from filo.operational.prices.services.discounts import make_series
from filo.operational.prices.tests.shop import NOBODY, Shop
from filo.testing.api import api_of

DAY = timedelta(days=1)


@pytest.fixture
def boss(shop: Shop) -> Any:
    return api_of(shop.world, "boss", language="en")


def filtered(api: Any, path: str, field: str, value: Any, op: str = "is") -> list[Any]:
    tree = json.dumps({"field": field, "op": op, "value": value})
    return api.read(f"{path}?filter={quote(tree)}").json()["items"]  # type: ignore[no-any-return]


def test_a_coupon_is_made_read_changed_and_paused(shop: Shop, boss: Any) -> None:
    made = boss.send(
        "/coupons",
        {
            "code": "BENVENUTO10",
            "name": "Prima volta",
            "percent": "10",
            "limit": 3,
            "company": "aurora-moda",
            "customer_class": " Rivenditori",
            "valid_to": "2099-12-31",
            "min_total": {"amount": "50.00", "currency": "EUR"},
        },
    )
    assert made.status_code == 201, made.content
    found, address = made.json(), made["Location"].removeprefix("/api/v1")
    assert {name: found[name] for name in ("code", "state", "percent", "amount", "min_total", "limit", "used")} == {
        "code": "BENVENUTO10",
        "state": "active",
        "percent": "10",
        "amount": None,
        "min_total": {"amount": "50.00", "currency": "EUR"},
        "limit": 3,
        "used": 0,
    }
    assert (found["left"], found["company"], found["customer_class"]) == (3, "aurora-moda", "rivenditori")
    use_coupon(Coupon.objects.get().pk, None, "order", NOBODY)
    assert {name: boss.read(address).json()[name] for name in ("used", "left")} == {"used": 1, "left": 2}
    changed = boss.change(address, {"percent": None, "amount": {"amount": "5"}}, If_Match=made["ETag"]).json()
    assert (changed["percent"], changed["amount"]) == (None, {"amount": "5.00", "currency": "EUR"})
    assert (changed["name"], changed["limit"]) == ("Prima volta", 3)
    late = boss.change(address, {"name": "Altro"}, If_Match=made["ETag"])
    assert (late.status_code, late.json()["differing"]["name"]) == (412, {"theirs": "Prima volta", "yours": "Altro"})
    assert boss.change(address, {"active": False}).json()["state"] == "paused"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"percent": "101"}, "percent", "A percentage is more than 0 and at most 100."),
        ({"percent": "0"}, "percent", "A percentage is more than 0 and at most 100."),
        ({"percent": None}, "percent", "Say a percentage or an amount, one of the two."),
        ({"amount": {"amount": "5"}}, "percent", "Say a percentage or an amount, one of the two."),
        ({"percent": None, "amount": {"amount": "-5"}}, "amount", "Say an amount greater than zero."),
        ({"percent": None, "amount": {"amount": "5", "currency": "XXX"}}, "currency", "This currency is not known."),
        ({"limit": -1}, "limit", "Say how often: at least once, or nothing for as often as one likes."),
        ({"limit": 0}, "limit", "Say how often: at least once, or nothing for as often as one likes."),
        ({"min_total": {"amount": "-1"}}, "min_total", "It cannot be less than nothing."),
        ({"valid_from": "2026-12-01", "valid_to": "2026-11-01"}, "valid_to", "It ends before it begins."),
        ({"valid_to": 20261101}, "valid_to", "Write the date as year-month-day, for instance 1978-03-14."),
        ({"code": "uno-10"}, "code", "There is a coupon of this code already."),
        ({"code": "--"}, "code", "A code has letters or figures."),
        ({"company": "nobody"}, "company", "There is none with this code."),
        ({"party": str(NOBODY)}, "party", "There is nothing here, or it is not yours to see."),
        ({"color": "red"}, "color", "There is no such field."),
        (
            {"percent": None, "amount": {"amount": "5"}, "min_total": {"amount": "9", "currency": "USD"}},
            "min_total",
            "Say both sums in one currency.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    shop: Shop, boss: Any, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    assert boss.send("/coupons", {"code": "UNO10", "percent": "10"}).status_code == 201
    refused = boss.send("/coupons", {"code": "DUE", "percent": "10", **wrong})
    assert (refused.status_code, refused.json()["fields"]) == (422, {field: [sentence]})
    assert Coupon.objects.count() == 1


def test_a_change_that_cannot_be_is_refused_as_well(shop: Shop, boss: Any) -> None:
    made = boss.send("/coupons", {"code": "UNO", "amount": {"amount": "5"}, "min_total": {"amount": "20"}}).json()
    address = f"/coupons/{made['id']}"
    use_coupon(Coupon.objects.get().pk, None, "order", NOBODY)
    use_coupon(Coupon.objects.get().pk, None, "order", shop.world.parties["own"].pk)
    for wrong, field in (
        ({"code": ""}, "code"),
        ({"limit": 1}, "limit"),
        ({"amount": {"amount": "5", "currency": "USD"}}, "amount"),
        ({"min_total": {"amount": "5", "currency": "USD"}}, "min_total"),
        ({"percent": "5"}, "percent"),
    ):
        refused = boss.change(address, wrong)
        assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])
    dollars = {"amount": {"amount": "5", "currency": "usd"}, "min_total": None}
    assert boss.change(address, dollars).json()["min_total"] == {"amount": "0.00", "currency": "USD"}


def test_a_series_has_codes_of_its_own_for_one_use_each(shop: Shop, boss: Any) -> None:
    made = boss.send("/coupons/series", {"stem": "natale", "count": 25, "percent": "15"})
    assert made.status_code == 201, made.content
    found = made.json()
    assert (found["series"], found["count"], len(set(found["codes"]))) == ("NATALE", 25, 25)
    items = filtered(boss, "/coupons", "series", "NATALE")
    assert {(one["limit"], one["left"], one["percent"]) for one in items} == {(1, 1, "15")}
    assert {one["code"] for one in items} == set(found["codes"])
    for wrong, field in (({"count": 0}, "count"), ({"count": 10_001}, "count"), ({"stem": "-"}, "stem")):
        refused = boss.send("/coupons/series", {"stem": "X", "count": 2, "percent": "15", **wrong})
        assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])
    assert boss.send("/coupons/series", {"stem": "X", "count": 2, "percent": "15", "limit": 5}).status_code == 422
    assert Coupon.objects.count() == 25


def test_a_series_is_made_for_ones_own_companies_alone(shop: Shop) -> None:
    casa, moda = shop.world.companies["casa"], shop.world.companies["moda"]
    theirs = replace(shop.world.principal("boss"), company_ids=frozenset({casa.pk}))
    with pytest.raises(Forbidden):
        make_series(theirs, {"percent": Decimal(10), "company": moda}, stem="MODA", count=2)
    assert len(make_series(theirs, {"percent": Decimal(10), "company": casa}, stem="CASA", count=2)) == 2


def test_the_list_is_narrowed_by_code_state_and_discount(shop: Shop, boss: Any) -> None:
    today = clock.today()
    coupons: dict[str, dict[str, Any]] = {
        "NOW": {"valid_from": today, "valid_to": today},
        "LATER": {"valid_from": today + DAY},
        "OVER": {"valid_to": today - DAY},
        "SPENT": {"limit": 1, "used": 1},
        "OFF": {"active": False, "valid_to": today - DAY},
        "TEN": {"percent": None, "amount": Decimal(10)},
    }
    for code, facts in coupons.items():
        told = {"percent": Decimal(20), "code": code, "code_folded": code.lower(), "created_at": clock.now(), **facts}
        Coupon.objects.create(**told)
    by_state = {
        state: {one["code"] for one in filtered(boss, "/coupons", "state", state)}
        for state in ("active", "upcoming", "expired", "used-up", "paused")
    }
    assert by_state == {
        "active": {"NOW", "TEN"},
        "upcoming": {"LATER"},
        "expired": {"OVER"},
        "used-up": {"SPENT"},
        "paused": {"OFF"},
    }
    assert {(one["code"], one["state"]) for one in boss.read("/coupons").json()["items"]} == {
        (code, state) for state, codes in by_state.items() for code in codes
    }
    assert {one["code"] for one in filtered(boss, "/coupons", "state", ["paused", "expired"], "in")} == {"OFF", "OVER"}
    assert {one["code"] for one in filtered(boss, "/coupons", "amount", "5", "more")} == {"TEN"}
    assert [one["code"] for one in filtered(boss, "/coupons", "code", " lat-er")] == ["LATER"]
    assert [one["code"] for one in boss.read("/coupons?q=pent").json()["items"]] == ["SPENT"]
    assert [one["code"] for one in boss.read("/coupons?sort=code&limit=2").json()["items"]] == ["LATER", "NOW"]
    assert boss.read(f"/coupons?filter={quote(json.dumps({'field': 'state', 'value': 'odd'}))}").status_code == 400


def test_a_basket_says_whether_a_coupon_holds(shop: Shop, boss: Any) -> None:
    boss.send("/coupons", {"code": "BLACK FRIDAY", "percent": "10", "customer_class": "rivenditori"})
    lines = [{"sku": "shirt", "quantity": "2"}]
    own = str(shop.world.parties["own"].pk)
    (said,) = boss.send("/prices", {"lines": lines, "party": own, "coupons": ["black-friday"]}).json()["coupons"]
    assert said["refused"] == "This coupon is not for this customer or this purchase."
    assert boss.change(f"/parties/{own}/price-class", {"word": "Rivenditori"}).json()["word"] == "rivenditori"
    answer = boss.send("/prices", {"lines": lines, "party": own, "coupons": ["black-friday"]}).json()
    assert answer["coupons"] == [{"code": "BLACK FRIDAY", "off": {"amount": "10.00", "currency": "EUR"}, "refused": ""}]
    late = boss.send("/prices", {"lines": lines, "coupons": ["black-friday"], "day": str(date(2026, 1, 1))})
    assert late.json()["coupons"][0]["refused"] != ""


def test_who_sees_prices_reads_coupons_and_who_keeps_them_writes(shop: Shop, boss: Any) -> None:
    theirs = {"code": "SUO", "percent": "10", "party": str(shop.world.parties["own"].pk)}
    made = boss.send("/coupons", theirs).json()
    agent, stranger, nobody = (api_of(shop.world, name) for name in ("agent", "stranger", "researcher"))
    assert agent.read(f"/coupons/{made['id']}").status_code == 200
    assert stranger.read(f"/coupons/{made['id']}").status_code == 404
    assert stranger.read("/coupons").json()["count"] == 0
    assert nobody.read("/coupons").status_code == 403
    assert agent.send("/coupons", {"code": "MIO", "percent": "10"}).status_code == 403
    assert agent.change(f"/coupons/{made['id']}", {"percent": "90"}).status_code == 403
    assert agent.send("/coupons/series", {"stem": "MIO", "count": 2, "percent": "10"}).status_code == 403
