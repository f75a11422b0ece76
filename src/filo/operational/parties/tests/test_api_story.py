"""The story, relations and search at the API, as far as one sees them."""

from __future__ import annotations

import pytest

from filo.testing.api import api_of
from filo.testing.world import World


def test_an_agent_does_not_read_a_colleagues_call(world: World) -> None:
    path = f"/parties/{world.parties['shared'].id}/timeline"
    told = {
        name: [item["summary"] for item in api_of(world, name).read(f"{path}?channel=call").json()["items"]]
        for name in ("agent", "teammate", "manager")
    }
    assert told["agent"] == ["subject of agents_call"]
    assert told["teammate"] == ["subject of teammates_call"]
    assert sorted(told["manager"]) == ["subject of agents_call", "subject of teammates_call"]


def test_an_entry_says_who_what_and_where_it_comes_from(world: World) -> None:
    api = api_of(world, "agent")
    (entry,) = api.read(f"/parties/{world.parties['shared'].id}/timeline?channel=call").json()["items"]
    call = world.interactions["agents_call"]
    assert entry["reference"] == {"kind": "interaction", "id": str(call.id)}
    assert entry["actor"] == {"id": str(world.people["agent"].id), "name": "Agent"}
    assert (entry["kind"], entry["direction"], entry["company"]) == ("interaction.call", "out", "aurora-moda")
    assert entry["at"].endswith("Z")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("direction=out", 1),
        ("direction=in", 0),
        ("outcome=none", 0),
        ("since=2000-01-01T00:00:00Z", 2),
        ("until=2000-01-01T00:00:00%2B01:00", 0),
    ],
)
def test_the_story_is_narrowed(world: World, query: str, count: int) -> None:
    answer = api_of(world, "agent").read(f"/parties/{world.parties['shared'].id}/timeline?{query}").json()
    assert (len(answer["items"]), answer["count"]) == (count, count)


@pytest.mark.parametrize("query", ["since=yesterday", "since=2026-01-01", "until=5", "limit=0", "channel=" + "x" * 21])
def test_a_moment_needs_its_zone(world: World, query: str) -> None:
    answer = api_of(world, "agent").read(f"/parties/{world.parties['shared'].id}/timeline?{query}")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [query.split("=")[0]])


def test_the_story_is_walked_by_its_cursor(world: World) -> None:
    api, path = api_of(world, "manager"), f"/parties/{world.parties['shared'].id}/timeline"
    whole = [item["id"] for item in api.read(path).json()["items"]]
    first = api.read(f"{path}?limit=1").json()
    rest = api.read(f"{path}?limit=200&cursor={first['next']}").json()
    assert [item["id"] for item in first["items"] + rest["items"]] == whole
    assert api.read(f"{path}?cursor=WzAsIngiLCJ5Il0").json()["code"] == "bad-cursor"


def test_parties_are_related_and_unrelated(world: World) -> None:
    api = api_of(world, "agent")
    path = f"/parties/{world.parties['contact'].id}/relations"
    (known,) = api.read(path).json()["items"]
    told = (known["from_party"]["display_name"], known["role"], known["to_party"]["display_name"], known["job_title"])
    assert told == ("Anna Bassi", "contact", "Lanificio Bassi S.r.l.", "Acquisti")
    body = {"to": str(world.parties["joined"].id), "role": "employee", "valid_from": "2020-01-31"}
    made = api.send(path, body)
    assert (made.status_code, made.json()["valid_from"]) == (201, "2020-01-31")
    again = api.send(path, body)
    assert (again.status_code, again.json()["code"]) == (409, "relation-exists")
    assert api.read(path).json()["count"] == 2
    assert api.remove(f"{path}/{made.json()['id']}").status_code == 204
    assert api.remove(f"{path}/{made.json()['id']}").status_code == 404
    assert api.read(path).json()["count"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to": "x"}, "to"),
        ({"role": "enemy"}, "role"),
        ({"valid_from": "2020-02-30"}, "valid_from"),
        ({"valid_from": "2020-02-02", "valid_to": "2020-02-01"}, "valid_to"),
    ],
)
def test_a_wrong_relation_is_refused(world: World, change: dict[str, str], field: str) -> None:
    body = {"to": str(world.parties["joined"].id), "role": "employee"} | change
    answer = api_of(world, "agent").send(f"/parties/{world.parties['contact'].id}/relations", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


def test_nobody_is_related_to_whom_one_does_not_see(world: World) -> None:
    body = {"to": str(world.parties["southern"].id), "role": "other"}
    answer = api_of(world, "agent").send(f"/parties/{world.parties['own'].id}/relations", body)
    assert answer.json()["fields"] == {"to": ["There is nothing here, or it is not yours to see."]}


def test_search_finds_by_the_beginnings_of_words(world: World) -> None:
    api = api_of(world, "agent")
    (hit,) = api.read("/search?q=lan").json()["items"]
    party = world.parties["own"]
    assert hit == {
        "kind": "party",
        "id": str(party.id),
        "title": "Lanificio Bassi S.r.l.",
        "subtitle": "Milano MI",
        "url": f"http://localhost:8000/parties/{party.id}",
        "similar": False,
    }
    assert [item["title"] for item in api.read("/search?q=021234567").json()["items"]] == ["Lanificio Bassi S.r.l."]
    assert api.read("/search?q=moda%20sud").json()["items"] == []
    assert api.read("/search?q=").json() == {"items": [], "next": None, "count": 0, "count_is_exact": True}
    assert api.read("/search?q=bas&limit=1").json()["count_is_exact"] is False
    assert api.read("/search").json()["fields"] == {"q": ["This is required."]}
