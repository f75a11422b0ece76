"""Relationships at the API: opened, moved, given to somebody, and no update is lost."""

from __future__ import annotations

from typing import Any

import pytest

from filo.operational.parties.models import StageChange
from filo.testing.api import ApiClient, api_of
from filo.testing.world import World


def ours(api: ApiClient, world: World, key: str) -> dict[str, Any]:
    found: dict[str, Any] = api.read(f"/parties/{world.parties[key].id}").json()["relationships"][0]
    return found


def test_a_relationship_is_read_by_itself(world: World) -> None:
    api = api_of(world, "agent")
    found = ours(api, world, "joined")
    assert api.read(f"/relationships/{found['id']}").json() == found
    assert [(member["name"], member["role"]) for member in found["members"]] == [("Teammate", "agent")]
    assert api_of(world, "stranger").read(f"/relationships/{found['id']}").status_code == 404


def test_a_stage_is_moved_by_hand_with_a_reason(world: World) -> None:
    api = api_of(world, "agent")
    path = f"/relationships/{ours(api, world, 'own')['id']}"
    answer = api.send(f"{path}/stage", {"stage": "prospect", "reason": "Asked for a catalogue"})
    assert (answer.status_code, answer.json()["stage"], answer.json()["version"]) == (200, "prospect", 2)
    change = StageChange.objects.latest("at")
    assert (change.from_stage, change.to_stage, change.reason) == ("lead", "prospect", "Asked for a catalogue")
    stale = api.send(f"{path}/stage", {"stage": "customer", "reason": "x"}, If_Match='"1"')
    assert stale.json()["differing"] == {"stage": {"theirs": "prospect", "yours": "customer"}}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"stage": "friend", "reason": "x"}, {"stage": ["Choose one of: suspect, lead, prospect, customer."]}),
        ({"stage": "lead", "reason": " "}, {"reason": ["Say why, so that whoever reads the story understands it."]}),
        ({"stage": "lead"}, {"reason": ["This is required."]}),
    ],
)
def test_a_move_needs_a_stage_and_a_reason(world: World, body: dict[str, Any], fields: dict[str, Any]) -> None:
    api = api_of(world, "agent")
    answer = api.send(f"/relationships/{ours(api, world, 'own')['id']}/stage", body)
    assert (answer.status_code, answer.json()["fields"]) == (422, fields)


def test_assigning_changes_only_what_is_sent(world: World) -> None:
    api = api_of(world, "manager")
    before = ours(api, world, "joined")
    path = f"/relationships/{before['id']}"
    after = api.change(path, {"owner": "teammate@aurora.example"}).json()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"owner", "version"}
    assert after["owner"]["name"] == "Teammate"
    after = api.change(path, {"members": ["agent@aurora.example"], "channel": "agents"}).json()
    assert ([member["name"] for member in after["members"]], after["channel"], after["area"]) == (
        ["Agent"],
        "agents",
        "nord",
    )
    after = api.change(path, {"owner": None, "members": []}).json()
    assert (after["owner"], after["members"], after["unit"]) == (None, [], "nord")


def test_whoever_assigns_second_is_told_what_differs(world: World) -> None:
    api = api_of(world, "manager")
    path = f"/relationships/{ours(api, world, 'own')['id']}"
    tag = api.read(path)["ETag"]
    assert api.change(path, {"owner": "teammate@aurora.example"}, If_Match=tag).status_code == 200
    answer = api.change(path, {"owner": "agent@aurora.example", "area": "nord"}, If_Match=tag)
    assert answer.status_code == 412
    assert answer.json()["differing"] == {
        "owner": {"theirs": "teammate@aurora.example", "yours": "agent@aurora.example"}
    }


def test_an_agent_assigns_nothing(world: World) -> None:
    api = api_of(world, "agent")
    answer = api.change(f"/relationships/{ours(api, world, 'own')['id']}", {"owner": "teammate@aurora.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"owner": "x"}, "owner"),
        ({"area": "x"}, "area"),
        ({"members": ["x"]}, "members.0"),
        ({"stage": "lead"}, "stage"),
    ],
)
def test_what_stands_for_nothing_is_refused(world: World, body: dict[str, Any], field: str) -> None:
    api = api_of(world, "manager")
    answer = api.change(f"/relationships/{ours(api, world, 'own')['id']}", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_a_party_becomes_something_to_a_further_company(world: World) -> None:
    api, path = api_of(world, "manager"), f"/parties/{world.parties['own'].id}/relationships"
    answer = api.send(path, {"company": "aurora-casa", "area": "nord", "owner": "agent@aurora.example"})
    assert (answer.status_code, answer.json()["company"], answer.json()["stage"]) == (201, "aurora-casa", "lead")
    assert api.read(answer["Location"].removeprefix("/api/v1")).json() == answer.json()
    again = api.send(path, {"company": "aurora-casa"})
    assert (again.status_code, again.json()["code"]) == (409, "relationship-exists")
    wrong = api.send(path, {"company": "aurora-casa", "product_line": "uomo"})
    assert wrong.json()["fields"] == {"product_line": ["This product line belongs to another company."]}
