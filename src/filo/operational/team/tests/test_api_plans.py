"""Plans at the API, and the rows behind a figure: for those whom one leads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from filo.operational.interactions.services import log_interaction
from filo.operational.team.models import Plan
from filo.operational.team.services import make_plan
from filo.testing.api import api_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
BODY = {"person": "agent@aurora.example", "measure": "calls", "number": 8, "valid_from": "2026-05-05"}


def test_a_plan_is_made_changed_taken_away_and_brought_back(world: World) -> None:
    manager = api_of(world, "manager")
    made = manager.send("/team/plans", BODY)
    assert made.status_code == 201, made.content
    assert (made.json()["person"]["email"], made.json()["role"], made.json()["per"]) == (
        "agent@aurora.example",
        None,
        "day",
    )
    path = f"/team/plans/{made.json()['id']}"
    changed = manager.change(path, {"number": 10, "per": "week"}, If_Match=made["ETag"]).json()
    assert (changed["number"], changed["per"], changed["valid_from"], changed["version"]) == (
        10,
        "week",
        "2026-05-05",
        2,
    )
    late = manager.change(path, {"number": 12}, If_Match=made["ETag"])
    assert (late.status_code, late.json()["differing"]) == (412, {"number": {"theirs": 10, "yours": 12}})
    assert manager.remove(path, If_Match=made["ETag"]).status_code == 412
    assert manager.remove(path).status_code == 204
    assert [
        manager.ask(verb, path, {} if verb == "PATCH" else None).status_code for verb in ("GET", "PATCH", "DELETE")
    ] == [404] * 3
    assert manager.send(f"{path}/restore").json()["number"] == 10
    assert manager.read(path).status_code == 200


def test_another_plan_in_its_place_keeps_one_from_coming_back(world: World) -> None:
    manager = api_of(world, "manager")
    path = f"/team/plans/{manager.send('/team/plans', BODY).json()['id']}"
    manager.remove(path)
    manager.send("/team/plans", BODY | {"number": 9})
    answer = manager.send(f"{path}/restore")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["valid_from"])


def test_a_plan_of_that_very_day_is_replaced(world: World) -> None:
    manager = api_of(world, "manager")
    first, second = (manager.send("/team/plans", BODY | {"number": n}).json() for n in (8, 9))
    assert (first["id"], second["number"]) == (second["id"], 9)
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"person": None}, "person"),
        ({"role": "agent"}, "person"),
        ({"person": "nobody@aurora.example"}, "person"),
        ({"person": None, "role": "wizard"}, "role"),
        ({"measure": "smiles"}, "measure"),
        ({"number": -1}, "number"),
        ({"number": 100_001}, "number"),
        ({"number": "many"}, "number"),
        ({"per": "year"}, "per"),
        ({"valid_from": "domani"}, "valid_from"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_plan_that_cannot_be_says_why(world: World, body: dict[str, Any], field: str) -> None:
    answer = api_of(world, "boss").send("/team/plans", BODY | body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert Plan.objects.count() == 0


def test_plans_are_listed_narrowed_and_paged(world: World) -> None:
    boss = api_of(world, "boss")
    boss.send("/team/plans", BODY)
    boss.send("/team/plans", {"role": "agent", "measure": "visits", "number": 2, "valid_from": "2026-06-01"})
    page = boss.read("/team/plans?limit=1").json()
    assert ([one["role"] for one in page["items"]], page["count"]) == (["agent"], 2)
    rest = boss.read(f"/team/plans?limit=1&cursor={page['next']}").json()
    assert [one["measure"] for one in rest["items"]] == ["calls"]
    for tree, found in (("role", "agent"), ("measure", "visits")):
        narrowed = boss.read(f'/team/plans?filter={{"field":"{tree}","value":"{found}"}}').json()
        assert [one["measure"] for one in narrowed["items"]] == ["visits"]
    assert boss.read('/team/plans?filter={"field":"colour","value":"red"}').status_code == 400
    assert boss.read("/team/plans?sort=colour").status_code == 400


def test_plans_are_made_by_who_leads(world: World) -> None:
    make_plan(
        world.principal("boss"), measure="calls", number=5, person=world.people["stranger"], valid_from=date(2026, 1, 1)
    )
    plan = Plan.objects.get()
    manager = api_of(world, "manager")
    assert manager.read("/team/plans").json()["items"] == []
    assert manager.read(f"/team/plans/{plan.pk}").status_code == 404
    assert manager.send("/team/plans", BODY | {"person": "stranger@aurora.example"}).status_code == 403
    assert manager.send("/team/plans", {"role": "agent", "measure": "calls", "number": 3}).status_code == 403
    for who in ("agent", "inside", "operator"):
        assert api_of(world, who).read("/team/plans").status_code == 403
        assert api_of(world, who).send("/team/plans", BODY).status_code == 403
    narrow = api_of(world, "boss", scopes=["team:read"])
    assert narrow.send("/team/plans", BODY).json()["code"] == "scope-missing"


def test_the_rows_behind_a_figure_are_told_to_who_leads(world: World) -> None:
    log_interaction(world.principal("agent"), world.parties["own"], channel="meeting", subject="Campioni")
    agent = world.people["agent"].id
    manager = api_of(world, "manager")
    found = manager.read(f"/team/people/{agent}/rows?measure=visits").json()
    assert [(one["words"], one["party"]["display_name"]) for one in found["items"]] == [
        ("Campioni", "Lanificio Bassi S.r.l.")
    ]
    assert found["person"]["email"] == "agent@aurora.example"
    assert manager.read(f"/team/people/{agent}/rows?measure=visits&day=2026-01-02").json()["items"] == []
    week = manager.read(f"/team/people/{agent}/rows?measure=visits&span=week").json()
    assert len(week["items"]) == 1
    assert manager.read(f"/team/people/{agent}/rows?measure=smiles").status_code == 404
    assert api_of(world, "other_manager").read(f"/team/people/{agent}/rows?measure=visits").status_code == 404
    assert (
        api_of(world, "manager", scopes=["team:read"]).read(f"/team/people/{agent}/rows?measure=visits").status_code
        == 404
    )
    assert manager.read(f"/team/people/{agent}/rows?measure=visits&span=year").status_code == 422
