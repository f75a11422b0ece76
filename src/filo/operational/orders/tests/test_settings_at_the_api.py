"""Carriers and promised days at the API: the same verbs and rights as the pages of the settings."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.operational.orders.models import Carrier
from filo.operational.orders.queries.promising import promised_days
from filo.operational.orders.tests.counter import Counter
from filo.testing.api import ApiClient, api_of

pytestmark = pytest.mark.django_db
RED = {"name": "Corriere Rosso", "tracking": "https://rosso.example/t/{number}", "position": 2}


@pytest.fixture
def admin(counter: Counter) -> ApiClient:
    return api_of(counter.world, "admin")


def test_a_carrier_is_made_read_changed_and_switched_off(admin: ApiClient) -> None:
    made = admin.send("/carriers", {**RED, "address": "Corriere Rosso S.p.A., Milano"}, Idempotency_Key="one")
    assert (made.status_code, made.json()["version"]) == (201, 1)
    path = f"/carriers/{made.json()['id']}"
    assert made["Location"] == f"/api/v1{path}"
    assert admin.read(path).json() == made.json()
    changed = admin.change(path, {"active": False}, If_Match=made["ETag"]).json()
    assert (changed["active"], changed["name"], changed["address"]) == (
        False,
        "Corriere Rosso",
        "Corriere Rosso S.p.A., Milano",
    )
    told = AuditEntry.objects.filter(action="orders.carrier").order_by("id").last()
    assert told is not None
    assert told.changes == {"active": [True, False]}
    late = admin.change(path, {"name": "Corriere Blu"}, If_Match=made["ETag"])
    assert (late.status_code, late.json()["differing"]) == (
        412,
        {"name": {"theirs": "Corriere Rosso", "yours": "Corriere Blu"}},
    )


def test_carriers_are_listed_as_the_settings_have_them(admin: ApiClient) -> None:
    for place, name in enumerate(("Terzo", "Primo", "Secondo")):
        Carrier.objects.create(name=name, position=place, active=name != "Primo")
    assert [one["name"] for one in admin.read("/carriers").json()["items"]] == ["Terzo", "Primo", "Secondo"]
    assert [one["name"] for one in admin.read("/carriers?sort=name&q=sec").json()["items"]] == ["Secondo"]
    used = quote(json.dumps({"field": "active", "value": "yes"}))
    assert admin.read(f"/carriers?filter={used}").json()["count"] == 2
    first = admin.read("/carriers?limit=2").json()
    assert [one["name"] for one in admin.read(f"/carriers?cursor={first['next']}").json()["items"]] == ["Secondo"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**RED, "tracking": "https://rosso.example/t/"}, "tracking"),
        ({**RED, "tracking": "javascript:alert({number})"}, "tracking"),
        ({**RED, "name": "corriere verde"}, "name"),
        ({**RED, "name": " "}, "name"),
        ({**RED, "position": 1000}, "position"),
        ({**RED, "colour": "red"}, "colour"),
        ({"position": 1}, "name"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(admin: ApiClient, body: dict[str, Any], field: str) -> None:
    Carrier.objects.create(name="Corriere Verde")
    answer = admin.send("/carriers", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert all(answer.json()["fields"][field])
    assert Carrier.objects.count() == 1


def test_promised_days_are_read_and_changed_by_company(counter: Counter, admin: ApiClient) -> None:
    moda = counter.world.companies["moda"]
    path = f"/order-promises/{moda.pk}"
    usual = admin.read(path)
    assert usual.json() == {"company_id": str(moda.pk), "company": moda.code, "days": 3, "version": 0}
    kept = admin.change(path, {"days": 7}, If_Match=usual["ETag"])
    assert (kept.json()["days"], kept.json()["version"], promised_days(moda.pk)) == (7, 1, 7)
    assert admin.change(path, {"days": 8}, If_Match=usual["ETag"]).status_code == 412
    assert "250" in admin.change(path, {"days": 251}).json()["fields"]["days"][0]
    assert admin.change(path, {}).status_code == 422
    listed = {one["company"]: one["days"] for one in admin.read("/order-promises").json()["items"]}
    assert listed == {company.code: 7 if company == moda else 3 for company in counter.world.companies.values()}


def test_who_may_not_see_settings_sees_none_here(counter: Counter) -> None:
    carrier = Carrier.objects.create(name="Corriere Verde")
    agent, promise = api_of(counter.world, "agent"), f"/order-promises/{counter.world.companies['moda'].pk}"
    for path in ("/carriers", f"/carriers/{carrier.pk}", "/order-promises", promise):
        assert agent.read(path).status_code == 403
    assert agent.send("/carriers", RED).status_code == 403
    assert agent.change(f"/carriers/{carrier.pk}", {"active": False}).status_code == 403
    assert agent.change(promise, {"days": 9}).status_code == 403
    reader = api_of(counter.world, "admin", scopes=["settings:read"])
    assert reader.change(promise, {"days": 9}).json()["code"] == "scope-missing"
