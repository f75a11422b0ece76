"""Rates of exchange at the API: listed, written by hand, and where they come from."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from filo.foundation.jobs.models import Job
from filo.operational.prices.models import ExchangeRate, RateSource
from filo.testing.api import api_of
from filo.testing.world import World


@pytest.fixture
def admin(world: World) -> Any:
    return api_of(world, "admin", language="en")


def test_rates_are_listed_by_currency_and_days(world: World, admin: Any) -> None:
    for currency, day, rate in (("USD", 25, "1.08"), ("USD", 26, "1.09"), ("USD", 27, "1.1"), ("CHF", 27, "0.93")):
        ExchangeRate.objects.create(currency=currency, day=date(2026, 11, day), rate=Decimal(rate))
    tree = {
        "and": [
            {"field": "currency", "value": "USD"},
            {"field": "day", "op": "after", "value": "2026-11-25"},
            {"field": "day", "op": "before", "value": "2026-11-28"},
        ]
    }
    items = admin.read(f"/exchange-rates?filter={quote(json.dumps(tree))}").json()["items"]
    assert [(one["currency"], one["day"], one["rate"], one["source"]) for one in items] == [
        ("USD", "2026-11-27", "1.1", "ECB"),
        ("USD", "2026-11-26", "1.09", "ECB"),
    ]
    first = admin.read("/exchange-rates?limit=3").json()
    rest = admin.read(f"/exchange-rates?limit=3&cursor={first['next']}").json()
    assert [one["currency"] for one in [*first["items"], *rest["items"]]] == ["CHF", "USD", "USD", "USD"]
    assert admin.read(f"/exchange-rates/{items[0]['id']}").json() == items[0]


def test_a_rate_is_written_by_hand_in_place_of_the_one_of_that_day(world: World, admin: Any) -> None:
    body = {"currency": "usd", "day": "2026-11-27", "rate": "1.0834"}
    made = admin.send("/exchange-rates", body)
    assert made.status_code == 201, made.content
    assert made.json() | {"id": ""} == {**body, "id": "", "currency": "USD", "source": "by hand"}
    again = admin.send("/exchange-rates", {**body, "rate": "1.09"}).json()
    assert (again["id"], again["rate"]) == (made.json()["id"], "1.09")
    for wrong, field, sentence in (
        ({"currency": "XYZ"}, "currency", "Choose a currency other than the euro."),
        ({"currency": "EUR"}, "currency", "Choose a currency other than the euro."),
        ({"rate": "0"}, "rate", "Say how much of it one euro buys: more than zero."),
        ({"rate": "-1"}, "rate", "Say how much of it one euro buys: more than zero."),
        ({"day": "27.11.2026"}, "day", "Write the date as year-month-day, for instance 1978-03-14."),
        ({"rate": "NaN"}, "rate", "This value cannot be right."),
    ):
        refused = admin.send("/exchange-rates", {**body, **wrong})
        assert (refused.status_code, refused.json()["fields"]) == (422, {field: [sentence]})
    assert ExchangeRate.objects.count() == 1


def test_where_they_come_from_is_said_and_they_are_fetched_at_once(world: World, admin: Any) -> None:
    before = admin.read("/exchange-rates/source")
    assert (before.json()["url"], before.json()["asked_at"]) == ("", None)
    nowhere = admin.send("/exchange-rates/fetch")
    assert (nowhere.status_code, nowhere.json()["code"]) == (409, "no-rate-source")
    url = "https://bank.example/eurofxref-daily.xml"
    assert admin.change("/exchange-rates/source", {"url": url}, If_Match=before["ETag"]).json()["url"] == url
    late = admin.change("/exchange-rates/source", {"url": ""}, If_Match=before["ETag"])
    assert (late.status_code, late.json()["differing"]) == (412, {"url": {"theirs": url, "yours": ""}})
    assert admin.change("/exchange-rates/source", {"url": "ftp://bank.example"}).status_code == 422
    assert admin.change("/exchange-rates/source", {}).json()["url"] == url
    asked = admin.send("/exchange-rates/fetch")
    assert asked.status_code == 202
    assert Job.objects.get(name="prices.fetch_rates").pk.hex == asked.json()["job"].replace("-", "")
    assert RateSource.objects.get().url == url


def test_they_are_for_who_keeps_the_settings(world: World) -> None:
    agent = api_of(world, "agent")
    assert agent.send("/exchange-rates", {"currency": "USD", "day": "2026-11-27", "rate": "1"}).status_code == 403
    assert agent.change("/exchange-rates/source", {"url": ""}).status_code == 403
    assert agent.send("/exchange-rates/fetch").status_code == 403
    read_only = api_of(world, "admin", scopes=["settings:read"])
    assert read_only.read("/exchange-rates").status_code == 200
    assert read_only.send("/exchange-rates/fetch").status_code == 403
