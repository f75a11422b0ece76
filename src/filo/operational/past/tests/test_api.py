"""What other programs sold, at the API: read alone, by those who see orders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.operational.parties.models import Relationship
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


@pytest.mark.parametrize(
    ("cancelled", "ended", "stage"), [(False, False, "customer"), (True, False, "lead"), (False, True, "lead")]
)
def test_who_bought_is_a_customer_unless_it_was_cancelled_or_is_over(
    world: World, cancelled: bool, ended: bool, stage: str
) -> None:
    party, company = world.parties["own"], world.companies["moda"].pk
    tie = Relationship.objects.get(party=party, company=company)
    over = clock.now() if ended else None
    Relationship.objects.filter(pk=tie.pk).update(stage="lead", ended_at=over)
    line = PastLineDraft(Decimal(2), Decimal("10.50"), Decimal("21.00"), code="A1")
    drafts = [PastOrderDraft("V1", date(2025, 1, 3), party.pk, [line], is_cancelled=cancelled)]
    keep_past_orders(world.principal("admin"), drafts, company_id=company, source="vecchio.csv", batch=None)
    tie.refresh_from_db()
    assert tie.stage == stage
