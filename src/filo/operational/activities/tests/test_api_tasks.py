"""Tasks at the API: added, changed, done and undone."""

from __future__ import annotations

from typing import Any

import pytest

from filo.testing.api import api_of
from filo.testing.world import World


def titles(answer: Any) -> list[str]:
    return [item["title"] for item in answer.json()["items"]]


def test_a_task_is_for_oneself_unless_said_otherwise(world: World) -> None:
    api, party = api_of(world, "agent"), world.parties["own"]
    answer = api.send("/tasks", {"title": "Call back", "party": str(party.id), "due_on": "2026-12-01", "kind": "call"})
    found = answer.json()
    assert answer.status_code == 201
    assert (found["title"], found["kind"], found["due_on"], found["done"], found["done_at"]) == (
        "Call back",
        "call",
        "2026-12-01",
        False,
        None,
    )
    assert (found["assignee"]["email"], found["party"]["display_name"]) == (
        "agent@aurora.example",
        "Lanificio Bassi S.r.l.",
    )
    again = api.read(answer["Location"].removeprefix("/api/v1"))
    assert (again.json(), again["ETag"]) == (found, answer["ETag"])
    assert api_of(world, "teammate").read(f"/tasks/{found['id']}").status_code == 404


def test_an_agent_makes_tasks_for_nobody_else(world: World) -> None:
    body = {"title": "Call", "assignee": "teammate@aurora.example"}
    answer = api_of(world, "agent").send("/tasks", body)
    assert (answer.status_code, answer.json()["detail"]) == (403, "You may only make tasks for yourself.")
    assert api_of(world, "manager").send("/tasks", body).json()["assignee"]["name"] == "Teammate"


def test_a_task_shows_its_party_only_to_who_sees_it(world: World) -> None:
    body = {"title": "Call", "assignee": "agent@aurora.example", "party": str(world.parties["southern"].id)}
    made = api_of(world, "admin").send("/tasks", body).json()
    assert made["party"]["display_name"] == "Moda Sud S.p.A."
    assert api_of(world, "agent").read(f"/tasks/{made['id']}").json()["party"] is None


def test_done_and_not_done_after_all(world: World) -> None:
    api = api_of(world, "agent")
    path = f"/tasks/{api.send('/tasks', {'title': 'Call'}).json()['id']}"
    done = api.change(path, {"done": True, "title": "Called"}).json()
    assert (done["done"], done["title"], done["version"]) == (True, "Called", 3)
    assert done["done_at"].endswith("Z")
    assert api.change(path, {"done": True}).json()["version"] == 3
    assert api.change(path, {"done": False}).json()["done_at"] is None


def test_no_change_is_lost_and_none_is_half_made(world: World) -> None:
    api = api_of(world, "agent")
    made = api.send("/tasks", {"title": "Call"})
    path = f"/tasks/{made.json()['id']}"
    assert api.change(path, {"title": "Write"}, If_Match=made["ETag"]).status_code == 200
    answer = api.change(
        path, {"done": True, "title": "Visit", "assignee": "agent@aurora.example"}, If_Match=made["ETag"]
    )
    assert answer.status_code == 412
    assert answer.json()["differing"] == {
        "title": {"theirs": "Write", "yours": "Visit"},
        "done": {"theirs": False, "yours": True},
    }
    assert api.read(path).json()["version"] == 2


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({}, "title", "This is required."),
        ({"title": " "}, "title", "Say what is to be done."),
        ({"title": "x" * 201}, "title", "At most 200 characters."),
        ({"title": "x", "kind": "war"}, "kind", "Choose one of: task, call, mail, meeting."),
        (
            {"title": "x", "due_on": "01/12/2026"},
            "due_on",
            "Write the date as year-month-day, for instance 1978-03-14.",
        ),
        ({"title": "x", "due_on": 20261201}, "due_on", "Write the date as year-month-day, for instance 1978-03-14."),
        ({"title": "x", "assignee": "x"}, "assignee", "Choose somebody who works here."),
        ({"title": "x", "done_at": "x"}, "done_at", "There is no such field."),
        ({"title": "x", "unit_id": "x"}, "unit_id", "There is no such field."),
    ],
)
def test_each_wrong_field_is_told_at_its_place(world: World, body: dict[str, Any], field: str, sentence: str) -> None:
    answer = api_of(world, "agent").send("/tasks", body)
    assert (answer.status_code, answer.json()["fields"]) == (422, {field: [sentence]})


def test_the_list_is_ordered_by_day_and_narrowed(world: World) -> None:
    api = api_of(world, "agent")
    for title, day in (("later", "2026-12-02"), ("whenever", None), ("first", "2026-12-01")):
        api.send("/tasks", {"title": title, "due_on": day})
    done = api.send("/tasks", {"title": "done"}).json()
    api.change(f"/tasks/{done['id']}", {"done": True})
    assert titles(api.read("/tasks")) == ["first", "later", "whenever", "done"]
    assert titles(api.read("/tasks?sort=-due_on&limit=2")) == ["later", "first"]
    assert titles(api.read("/tasks?sort=-created&limit=1")) == ["done"]
    assert titles(api.read("/tasks?q=fir")) == ["first"]
    for condition, found in (
        ('{"field":"done","value":true}', ["done"]),
        ('{"field":"due_on","op":"before","value":"2026-12-02"}', ["first"]),
        ('{"field":"due_on","op":"empty"}', ["whenever", "done"]),
        ('{"field":"assignee","value":"me"}', ["first", "later", "whenever", "done"]),
        ('{"not":{"field":"kind","value":"task"}}', []),
    ):
        assert titles(api.read(f"/tasks?filter={condition}")) == found
    walked: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = api.read(f"/tasks?limit=1&cursor={cursor}")
        walked += titles(page)
        cursor = page.json()["next"]
    assert walked == ["first", "later", "whenever", "done"]
