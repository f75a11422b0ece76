"""What other programs sold, at the API: read alone, by those who see orders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filo.operational.past.drafts import PastLineDraft, PastOrderDraft
from filo.operational.past.services.arriving import keep_past_orders
from filo.testing.api import api_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_past_orders_are_listed_and_read_with_their_lines(world: World) -> None:
    party = world.parties["own"]
    line = PastLineDraft(Decimal(2), Decimal("10.50"), Decimal("21.00"), code="A1", description="Sciarpa")
    drafts = [PastOrderDraft(f"V{n}", date(2025, n, 3), party.pk, [line]) for n in (1, 2)]
    company = world.companies["moda"].pk
    keep_past_orders(world.principal("admin"), drafts, company_id=company, source="vecchio.csv", batch=None)
    api = api_of(world, "inside")
    rows = api.read("/past-orders").json()
    assert ([row["number"] for row in rows["items"]], rows["count"]) == (["V2", "V1"], 2)
    assert [row["number"] for row in api.read("/past-orders?q=V1").json()["items"]] == ["V1"]
    found = api.read(f"/past-orders/{rows['items'][0]['id']}").json()
    assert (found["total"], found["party"], found["source"]) == ("21.00", str(party.pk), "vecchio.csv")
    assert [(one["code"], one["amount"]) for one in found["lines"]] == [("A1", "21.00")]
    assert api_of(world, "stranger").read(f"/past-orders/{found['id']}").status_code == 404
