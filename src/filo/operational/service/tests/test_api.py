"""Requests at the API: opened, listed, changed, noted on, merged; with the rights of whoever asks."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from filo.operational.service.models import Ticket
from filo.operational.service.tests.desk import Desk
from filo.testing.api import api_of

pytestmark = pytest.mark.django_db


def test_it_is_opened_given_and_read(desk: Desk) -> None:
    api = api_of(desk.world, "operator")
    body = {
        "subject": "Anta rotta",
        "type": "fault",
        "priority": "high",
        "group": "care",
        "assignee": "operator@aurora.example",
        "party": str(desk.world.parties["own"].id),
        "channel": "phone",
    }
    answer = api.ask("POST", "/tickets", body)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["state"], made["party"]["display_name"], made["group"]) == ("open", "Lanificio Bassi S.r.l.", "care")
    read = api.ask("GET", f"/tickets/{made['id']}")
    assert (read.json()["number"], read["ETag"]) == (made["number"], answer["ETag"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"subject": "x", "group": "nowhere"}, "group"),
        ({"subject": "x", "assignee": "nobody@aurora.example"}, "assignee"),
        ({"subject": "x", "type": "war"}, "type"),
    ],
)
def test_what_cannot_be_opened_says_why(desk: Desk, body: dict[str, str], field: str) -> None:
    answer = api_of(desk.world, "operator").ask("POST", "/tickets", body)
    assert answer.status_code == 422
    assert field in str(answer.json()["fields"])
    assert Ticket.objects.count() == 0


def test_a_change_of_several_is_made_as_a_whole(desk: Desk) -> None:
    ticket, api = desk.open(), api_of(desk.world, "operator")
    body = {"priority": "urgent", "assignee": "inside@aurora.example", "state": "waiting", "waiting_on": "supplier"}
    answer = api.ask("PATCH", f"/tickets/{ticket.id}", body, If_Match=f'"{ticket.version}"')
    now = answer.json()
    assert answer.status_code == 200
    assert (now["priority"], now["state"], now["waiting_on"], now["assignee"]["name"]) == (
        "urgent",
        "waiting",
        "supplier",
        "Inside",
    )
    wrong = api.ask("PATCH", f"/tickets/{ticket.id}", {"priority": "low", "state": "waiting"}, If_Match=answer["ETag"])
    assert wrong.status_code == 422
    ticket.refresh_from_db()
    assert ticket.priority == "urgent"


def test_who_read_an_older_version_is_told(desk: Desk) -> None:
    ticket, api = desk.open(), api_of(desk.world, "operator")
    first = api.ask("PATCH", f"/tickets/{ticket.id}", {"subject": "Uno"}, If_Match=f'"{ticket.version}"')
    second = api.ask("PATCH", f"/tickets/{ticket.id}", {"subject": "Due"}, If_Match=f'"{ticket.version}"')
    assert (first.status_code, second.status_code) == (200, 412)
    ticket.refresh_from_db()
    assert ticket.subject == "Uno"


def test_it_is_found_by_its_number_and_by_filters(desk: Desk) -> None:
    ticket, other = desk.open("Anta"), desk.open("Fodera", type="complaint")
    api = api_of(desk.world, "operator")
    by_number = api.ask("GET", f"/tickets?q={ticket.number}").json()
    assert [item["id"] for item in by_number["items"]] == [str(ticket.id)]
    tree = quote('{"field": "type", "op": "is", "value": "complaint"}')
    by_type = api.ask("GET", f"/tickets?filter={tree}&sort=-opened").json()
    assert [item["id"] for item in by_type["items"]] == [str(other.id)]
    assert api.ask("GET", "/tickets?colour=red").status_code == 400


def test_notes_and_merges(desk: Desk) -> None:
    first, second = desk.open("Uno"), desk.open("Due")
    api = api_of(desk.world, "operator")
    assert api.ask("POST", f"/tickets/{first.id}/notes", {"text": "Sentito"}).status_code == 201
    assert [note["text"] for note in api.ask("GET", f"/tickets/{first.id}/notes").json()["items"]] == ["Sentito"]
    merged = api.ask("POST", f"/tickets/{second.id}/merge", {"into": str(first.id)})
    assert merged.json()["id"] == str(first.id)
    assert api.ask("GET", f"/tickets/{second.id}").json()["merged_into"] == str(first.id)
    assert api_of(desk.world, "stranger").ask("GET", f"/tickets/{first.id}").status_code == 404
