"""Imports at the API: a file in, how far it is, its rows, a stop."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.running import run_claimed
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.reach import refresh
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.tests.files import LIBRARIES
from filo.testing.api import ApiClient, api_of
from filo.testing.world import World


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    caches["process"].clear()


def send(api: ApiClient, text: str, **fields: Any) -> Any:
    file = SimpleUploadedFile("biblioteche.csv", text.encode(), "text/csv")
    return api.post("/api/v1/imports", {"file": file, **fields})


def work() -> None:
    while job := claim("tester", ["long"]):
        run_claimed(job)


def test_a_file_comes_in_in_the_background(world: World) -> None:
    api = api_of(world, "admin")
    answer = send(api, LIBRARIES + "IT-XX0004;;;;;;;;;;;\n", kind="organisations")
    found = answer.json()
    assert (answer.status_code, found["state"], found["total"], found["done"]) == (202, "ready", 4, 0)
    path = answer["Location"].removeprefix("/api/v1")
    work()
    found = api.read(path).json()
    assert (found["state"], found["created"], found["rejected"], found["done"]) == ("done", 3, 1, 4)
    [row] = api.read(f"{path}/rows?outcome=rejected").json()["items"]
    assert (row["number"], row["party"], row["cells"][0]) == (5, None, "IT-XX0004")
    rows = api.read(f"{path}/rows?limit=2").json()
    assert ([item["number"] for item in rows["items"]], rows["count"]) == ([2, 3], 4)
    assert [item["number"] for item in api.read(f"{path}/rows?limit=2&cursor={rows['next']}").json()["items"]] == [4, 5]
    assert [item["id"] for item in api.read("/imports").json()["items"]] == [found["id"]]


def test_a_dry_run_only_tells(world: World) -> None:
    api = api_of(world, "admin")
    path = f"/imports/{send(api, LIBRARIES, dry_run='true').json()['id']}"
    work()
    found = api.read(path).json()
    assert (found["state"], found["trial"]["created"], found["created"]) == ("draft", 3, 0)


def test_it_can_be_stopped_once(world: World) -> None:
    api = api_of(world, "admin")
    path = f"/imports/{send(api, LIBRARIES).json()['id']}/cancel"
    assert api.send(path).json()["state"] == "cancelled"
    assert api.send(path).status_code == 409
    work()
    assert ImportBatch.objects.get().done == 0


def test_what_is_wrong_is_told_by_field(world: World) -> None:
    api = api_of(world, "admin")
    assert send(api, LIBRARIES, kind="horses").status_code == 422
    assert list(send(api, LIBRARIES, colour="red").json()["fields"]) == ["colour"]
    assert api.post("/api/v1/imports", {"kind": "people"}).status_code == 422
    assert send(api, "%PDF-1.7").json()["code"] == "not-a-table"
    assert send(api, LIBRARIES, mapping="none").json()["code"] == "invalid-fields"
    assert not ImportBatch.objects.exists()


def test_rights_and_scopes_hold(world: World) -> None:
    made = send(api_of(world, "admin"), LIBRARIES).json()
    assert send(api_of(world, "agent"), LIBRARIES).status_code == 403
    assert send(api_of(world, "admin", scopes=["party:write"]), LIBRARIES).json()["scope"] == "import:write"
    assert api_of(world, "inside").read(f"/imports/{made['id']}").status_code == 404
    assert api_of(world, "inside").read(f"/imports/{made['id']}/rows").status_code == 404
    assert api_of(world, "boss").read(f"/imports/{made['id']}").status_code == 200
    assert api_of(world, "boss").send(f"/imports/{made['id']}/cancel").status_code == 403


def test_a_row_names_its_party_only_to_who_sees_it(world: World) -> None:
    api = api_of(world, "manager")
    path = f"/imports/{send(api, LIBRARIES).json()['id']}"
    work()
    assert all(row["party"] for row in api.read(f"{path}/rows").json()["items"])
    Relationship.objects.filter(party__source="biblioteche").update(unit=world.units["sud"])
    refresh(Party.objects.filter(source="biblioteche").values_list("pk", flat=True))
    assert [row["party"] for row in api.read(f"{path}/rows").json()["items"]] == [None, None, None]
    came_in = json.dumps({"field": "import", "op": "is", "value": path.removeprefix("/imports/")})
    assert api.read(f"/parties?filter={quote(came_in)}").json()["items"] == []
    assert len(api_of(world, "admin").read(f"/parties?filter={quote(came_in)}").json()["items"]) == 3
    assert api_of(world, "stranger").read(f"/parties?filter={quote(came_in)}").json()["items"] == []


def test_one_key_imports_once(world: World) -> None:
    api = api_of(world, "admin")
    answers = []
    for _attempt in range(2):
        file = SimpleUploadedFile("a.csv", LIBRARIES.encode(), "text/csv")
        content = encode_multipart(BOUNDARY, {"file": file})
        headers = {"Idempotency-Key": "once"}
        answers.append(api.generic("POST", "/api/v1/imports", content, MULTIPART_CONTENT, headers=headers))
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert ImportBatch.objects.count() == 1


def test_an_address_book_is_taken_for_what_it_is(world: World) -> None:
    api = api_of(world, "admin")
    card = "BEGIN:VCARD\nVERSION:3.0\nN:Bianchi;Zoe\nEMAIL:zoe@example.it\nEND:VCARD\n"
    found = send(api, card).json()
    assert (found["format"], found["program"], found["kind"], found["total"]) == ("vcard", "vcard", "parties", 1)
    work()
    assert api.get(f"/api/v1/imports/{found['id']}").json()["created"] == 1
    assert send(api, card, program="lotus").json()["fields"].keys() == {"from"}
    refused = send(api, LIBRARIES, sheet="Foglio2")
    assert (refused.status_code, refused.json()["code"]) == (422, "no-parts")
