"""Interactions at the API: logged, read, corrected and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from filo.testing.api import api_of
from filo.testing.world import World


def subjects(answer: Any) -> list[str]:
    return [item["subject"] for item in answer.json()["items"]]


def test_a_call_is_logged_with_who_took_part_and_moves_the_stage(world: World) -> None:
    api = api_of(world, "agent")
    body = {
        "party": str(world.parties["own"].id),
        "channel": "call",
        "at": "2026-01-02T10:30:00+01:00",
        "direction": "in",
        "subject": "Catalogue",
        "outcome": "wants-offer",
        "body": "Two lines\nof text",
        "minutes": 12,
        "actors": {"colleagues": ["teammate@aurora.example"], "people": [str(world.parties["contact"].id)]},
    }
    answer = api.send("/interactions", body)
    found = answer.json()
    assert answer.status_code == 201
    assert (found["at"], found["outcome"], found["minutes"], found["body"]) == (
        "2026-01-02T09:30:00Z",
        "wants-offer",
        12,
        "Two lines\nof text",
    )
    assert found["author"]["email"] == "agent@aurora.example"
    assert [person["name"] for person in found["actors"]["colleagues"]] == ["Teammate"]
    assert [person["display_name"] for person in found["actors"]["people"]] == ["Anna Bassi"]
    again = api.read(answer["Location"].removeprefix("/api/v1"))
    assert (again.json(), again["ETag"]) == (found, answer["ETag"])
    (ours,) = api.read(f"/parties/{world.parties['own'].id}").json()["relationships"]
    assert ours["stage"] == "prospect"


def test_an_agent_does_not_see_a_colleagues_call(world: World) -> None:
    call = world.interactions["teammates_call"]
    api = api_of(world, "agent")
    assert api.read(f"/interactions/{call.id}").status_code == 404
    assert api.change(f"/interactions/{call.id}", {"subject": "x"}).status_code == 404
    assert subjects(api.read("/interactions")) == ["subject of agents_call"]
    assert subjects(api_of(world, "manager").read("/interactions?sort=at")) == [
        "subject of agents_call",
        "subject of teammates_call",
    ]
    assert subjects(api_of(world, "other_manager").read("/interactions")) == ["subject of strangers_call"]


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ('{"field":"channel","op":"is","value":"call"}', 3),
        ('{"field":"channel","op":"in","value":["note","mail"]}', 0),
        ('{"field":"author","op":"is","value":"me"}', 0),
        ('{"field":"at","op":"after","value":"2000-01-01"}', 3),
        ('{"field":"at","op":"before","value":"2000-01-01T00:00:00Z"}', 0),
        ('{"field":"at","op":"within-days","value":1}', 3),
        ('{"field":"outcome","op":"is","value":"nothing"}', 0),
        ('{"field":"direction","op":"is-not","value":"out"}', 0),
    ],
)
def test_the_list_is_narrowed(world: World, condition: str, count: int) -> None:
    answer = api_of(world, "admin").read(f"/interactions?filter={condition}").json()
    assert (len(answer["items"]), answer["count"]) == (count, count)


def test_the_list_is_narrowed_to_a_party_or_its_words(world: World) -> None:
    api, party = api_of(world, "admin"), world.parties["southern"]
    condition = f'{{"field":"party","op":"is","value":"{party.id}"}}'
    assert subjects(api.read(f"/interactions?filter={condition}")) == ["subject of strangers_call"]
    assert subjects(api.read("/interactions?q=moda%20sud")) == ["subject of strangers_call"]


@pytest.mark.parametrize(
    "condition",
    [
        '{"field":"party","op":"is","value":"x"}',
        '{"field":"at","op":"before","value":"x"}',
        '{"field":"at","op":"before","value":"2000-01-01T00:00:00"}',
        '{"field":"at","op":"within-days","value":1e400}',
        '{"field":"body","op":"contains","value":"x"}',
        '{"field":"channel","op":"is","value":"dog"}',
        '{"field":"channel","op":"in","value":"call"}',
    ],
)
def test_what_is_not_declared_is_refused(world: World, condition: str) -> None:
    answer = api_of(world, "admin").read(f"/interactions?filter={condition}")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-filter")


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"channel": "pigeon"}, "channel", "Choose one of: note, call, meeting, letter, fax, mail."),
        ({"at": "2026-01-01T00:00:00"}, "at", "Write the moment with its zone, for instance 2026-03-14T09:30:00Z."),
        ({"at": 1700000000}, "at", "Write the moment with its zone, for instance 2026-03-14T09:30:00Z."),
        (
            {"at": "0001-01-01T00:00:00+14:00"},
            "at",
            "Write the moment with its zone, for instance 2026-03-14T09:30:00Z.",
        ),
        ({"at": "2999-01-01T00:00:00Z"}, "at", "What has not happened yet is a task, not a story."),
        ({"at": "1980-01-01T00:00:00Z"}, "at", "This date cannot be right."),
        ({"minutes": -1}, "minutes", "Write minutes between 0 and 1440."),
        ({"minutes": "7"}, "minutes", "Write a whole number."),
        ({"outcome": "unheard-of"}, "outcome", "There is no such outcome."),
        ({"actors": {"colleagues": ["x"]}}, "actors.colleagues.0", "Choose somebody who works here."),
        ({"actors": {"bosses": []}}, "actors.bosses", "There is no such field."),
        ({"party": "x"}, "party", "Write an id (a UUID)."),
        ({"author": "boss@aurora.example"}, "author", "There is no such field."),
    ],
)
def test_each_wrong_field_is_told_at_its_place(world: World, change: dict[str, Any], field: str, sentence: str) -> None:
    body = {"party": str(world.parties["own"].id), "channel": "call", "subject": "x"} | change
    answer = api_of(world, "agent").send("/interactions", body)
    assert (answer.status_code, answer.json()["fields"]) == (422, {field: [sentence]})


@pytest.mark.parametrize("key", ["southern", "teammates"])
def test_nothing_is_logged_with_whom_one_does_not_see(world: World, key: str) -> None:
    hidden, own = str(world.parties[key].id), str(world.parties["own"].id)
    api, sentence = api_of(world, "agent"), "There is nothing here, or it is not yours to see."
    answer = api.send("/interactions", {"party": hidden, "channel": "note", "body": "x"})
    assert answer.json()["fields"] == {"party": [sentence]}
    answer = api.send("/interactions", {"party": own, "channel": "note", "body": "x", "actors": {"people": [hidden]}})
    assert answer.json()["fields"] == {"actors.people.0": [sentence]}


def test_it_is_corrected_by_its_author_and_no_correction_is_lost(world: World) -> None:
    api, call = api_of(world, "agent"), world.interactions["agents_call"]
    path = f"/interactions/{call.id}"
    tag = api.read(path)["ETag"]
    corrected = api.change(path, {"subject": "Catalogue"}, If_Match=tag).json()
    assert (corrected["subject"], corrected["body"], corrected["version"]) == ("Catalogue", "body of agents_call", 2)
    answer = api.change(path, {"subject": "Price", "at": "2026-01-01T00:00:00Z"}, If_Match=tag)
    assert answer.status_code == 412
    assert answer.json()["differing"] == {
        "subject": {"theirs": "Catalogue", "yours": "Price"},
        "at": {"theirs": corrected["at"], "yours": "2026-01-01T00:00:00Z"},
    }
    assert api.change(path, {"channel": "note"}).json()["fields"] == {"channel": ["There is no such field."]}
    assert api_of(world, "manager").change(path, {"subject": "x"}).status_code == 403


def test_it_is_taken_back_and_leaves_the_story(world: World) -> None:
    api, call = api_of(world, "agent"), world.interactions["agents_call"]
    path = f"/interactions/{call.id}"
    assert api.remove(path, If_Match='"9"').status_code == 412
    assert api.remove(path).status_code == 204
    assert api.read(path).status_code == 404
    story = api.read(f"/parties/{world.parties['shared'].id}/timeline?channel=call").json()
    assert story["items"] == []
