"""Exports at the API: asked for, watched, fetched, by the token that asked and no other."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.operational.exports.models import Export
from filo.operational.exports.services.forgetting import let_go_of_files
from filo.operational.exports.tests.taking import content_of, table, work
from filo.testing.api import api_of, token_of
from filo.testing.world import World


def fetch(secret: str, path: str) -> Any:
    """Plainly: a file is no document that could be held against its shape."""
    return Client(headers={"Authorization": f"Bearer {secret}"}).get(f"/api/v1{path}")


def test_a_list_is_asked_for_watched_and_fetched(world: World) -> None:
    secret = token_of(world, "manager", scopes=["party:read"])
    from filo.testing.api import client

    api = client(secret)
    body = {"what": "parties", "format": "csv", "filter": {"field": "kind", "op": "is", "value": "person"}}
    answer = api.send("/exports", body | {"columns": ["name", "vat_number"]})
    found = answer.json()
    assert (answer.status_code, found["state"], found["total"], found["file"]) == (202, "waiting", 1, None)
    path = answer["Location"].removeprefix("/api/v1")
    assert fetch(secret, f"{path}/file").status_code == 404
    work()
    found = api.read(path).json()
    assert (found["state"], found["rows"], found["file"]) == ("done", 1, f"/api/v1{path}/file")
    file = fetch(secret, f"{path}/file")
    [row] = table(content_of(file))
    assert list(row.values()) == ["Anna Bassi", ""]
    assert file["Content-Disposition"] == f'attachment; filename="{found["file_name"]}"'
    assert file["X-Content-Type-Options"] == "nosniff"
    assert [one["id"] for one in api.read("/exports").json()["items"]] == [found["id"]]


def test_another_token_of_the_same_person_does_not_see_it(world: World) -> None:
    api, other = api_of(world, "admin"), api_of(world, "admin")
    path = api.send("/exports", {"what": "parties"})["Location"].removeprefix("/api/v1")
    assert other.read(path).status_code == 404
    assert other.read("/exports").json()["items"] == []
    assert other.send(f"{path}/cancel").status_code == 404


def test_who_may_not_take_out_is_refused(world: World) -> None:
    assert api_of(world, "agent").send("/exports", {"what": "parties"}).status_code == 403
    assert api_of(world, "admin", scopes=["party:read"]).send("/exports", {"what": "tasks"}).status_code == 403
    assert api_of(world, "admin", scopes=["task:read"]).send("/exports", {"what": "parties"}).json()["scope"] == (
        "party:read"
    )


def test_what_is_not_declared_is_refused(world: World) -> None:
    api = api_of(world, "admin")
    assert api.send("/exports", {"what": "secrets"}).status_code == 422
    assert api.send("/exports", {"what": "parties", "columns": ["password"]}).json()["fields"].keys() == {"columns"}
    assert api.send("/exports", {"what": "tasks", "format": "vcf"}).json()["fields"].keys() == {"format"}
    bad = api.send("/exports", {"what": "parties", "filter": {"field": "owner__password", "value": "x"}})
    assert (bad.status_code, bad.json()["code"]) == (400, "bad-filter")
    assert api.send("/exports", {"what": "parties", "sort": "password"}).json()["code"] == "bad-sort"


def test_it_can_be_stopped(world: World) -> None:
    api = api_of(world, "admin")
    path = api.send("/exports", {"what": "parties"})["Location"].removeprefix("/api/v1")
    assert api.send(f"{path}/cancel").json()["state"] == "cancelled"
    work()
    assert api.read(path).json()["state"] == "cancelled"
    assert api.send(f"{path}/cancel").status_code == 409


def test_the_audit_tells_who_took_what_through_which_door(world: World) -> None:
    tree = {"field": "area", "op": "is", "value": "sud"}
    path = api_of(world, "admin").send("/exports", {"what": "organisations", "filter": tree, "q": "moda"})["Location"]
    work()
    id_ = path.rpartition("/")[2]
    asked = AuditEntry.objects.get(action="export.ask", object_id=id_)
    assert (asked.actor, asked.door) == (world.people["admin"].id, "api")
    assert {name: value for name, (_before, value) in asked.changes.items()} == {
        "what": "organisations", "format": "csv", "rows": 1, "filter": tree, "words": "moda", "columns": "all",
    }  # fmt: skip
    done = AuditEntry.objects.get(action="export.done", object_id=id_)
    assert (done.changes["rows"], done.door) == ([None, 1], "api")


def test_a_file_lies_under_its_hash_and_goes_after_seven_days(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    import hashlib

    api = api_of(world, "admin")
    for _time in range(2):
        api.send("/exports", {"what": "organisations", "format": "json"})
    work()
    first, second = Export.objects.order_by("id")
    assert first.path == second.path
    assert first.path.name == hashlib.sha256(first.path.read_bytes()).hexdigest() == first.sha256
    assert json.loads(first.path.read_bytes())["items"]
    for export, is_there in ((first, True), (second, False)):
        Export.objects.filter(pk=export.pk).update(finished_at=clock.now() - timedelta(days=8))
        with django_capture_on_commit_callbacks(execute=True):
            assert let_go_of_files() == 1
        assert export.path.is_file() == is_there
    first.refresh_from_db()
    assert (first.state, first.has_file) == ("gone", False)
