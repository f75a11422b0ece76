"""Back offices at the API: how they stand, exchanged with, compared, and what waits for a person; keys stay sealed."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from filo.collaborative.connectors.models import Connection, Exchange, RejectedRow
from filo.collaborative.connectors.queries import standing_of
from filo.collaborative.connectors.services.exchanges import set_exchange
from filo.collaborative.connectors.services.syncing import sync
from filo.collaborative.connectors.tests.conftest import HOUSE, exchange_of
from filo.collaborative.connectors.tests.erp import KEY, Erp
from filo.foundation.audit.models import AuditEntry
from filo.foundation.jobs.models import Job
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.services.variants import save_variants
from filo.testing.api import ApiClient, api_of
from filo.testing.world import World

ROW = {"sku": "GIA-M", "product": "GIACCA", "name": "Giacca di lana", "size": "M", "price": 120.5, "vat": 22}
BAD: dict[str, object] = {"sku": "X1"}
FOLDER = {"kind": "csv-folder", "name": "ERP", "code": "erp", "given": {"folder": "x"}}


@pytest.fixture
def admin(world: World) -> ApiClient:
    return api_of(world, "admin")


def look(connection: Connection, erp: Erp, *rows: dict[str, object]) -> None:
    erp.changes.setdefault("items", []).extend(rows)
    run = sync(HOUSE, exchange_of(connection, "items"))
    assert run is not None
    assert run.state == "done", run.because


def disagreed(connection: Connection, erp: Erp) -> None:
    """Both sides changed a price that a person decides."""
    look(connection, erp, ROW)
    set_exchange(HOUSE, exchange_of(connection, "items"), active=True, columns={}, owners={"price": "ask"})
    found = Variant.objects.select_related("product").get(sku="GIA-M")
    save_variants(HOUSE, found.product, [{"id": found.pk, "price": Decimal(125)}])
    look(connection, erp, ROW | {"price": 130})


def test_a_back_office_is_read_with_how_it_stands(over_http: Connection, erp: Erp, admin: ApiClient) -> None:
    look(over_http, erp, ROW, BAD)
    answer = admin.read(f"/back-offices/{over_http.pk}")
    found = answer.json()
    assert (found["code"], found["kind"], found["active"], found["open_rejected"]) == ("erp", "rest", True, 1)
    items = next(one for one in found["subjects"] if one["subject"] == "items")
    run = items["last_run"]
    assert (items["active"], items["late"], items["open_rejected"], items["open_conflicts"]) == (True, False, 1, 0)
    assert items["as_of"] is not None
    assert (run["state"], run["rows_in"], run["created"], run["rejected"]) == ("done", 2, 1, 1)
    assert run["rows_out"] >= 0
    assert [one["subject"] for one in found["subjects"] if one["last_run"] is None][:1] == ["prices"]
    listed = admin.read("/back-offices").json()
    assert listed["items"] == [found]
    assert admin.read("/back-offices?q=nothing").json()["count"] == 0
    runs = admin.read(f"/back-offices/{over_http.pk}/runs").json()
    assert [one["id"] for one in runs["items"]] == [run["id"]]


def test_a_key_is_written_and_never_read_out(erp: Erp, shop: dict[str, Variant], admin: ApiClient) -> None:
    body = {"kind": "rest", "name": "ERP", "code": "erp", "given": {"address": erp.address}, "secret": KEY}
    made = admin.send("/back-offices", body, Idempotency_Key="one")
    assert made.status_code == 201, made.content
    path = f"/back-offices/{made.json()['id']}"
    assert made.json()["has_secret"] is True
    assert admin.send(f"{path}/try").json()["found"]
    changed = admin.change(path, {"name": "Gestionale", "secret": "another-key"}, If_Match=made["ETag"])
    assert (changed.json()["name"], changed.json()["given"]) == ("Gestionale", {"address": erp.address})
    refused = admin.send(f"{path}/try")
    assert (refused.status_code, refused.json()["code"]) == (502, "back-office-away")
    late = admin.change(path, {"name": "Altro", "secret": "third-key"}, If_Match=made["ETag"])
    assert late.status_code == 412
    answers = [
        made,
        changed,
        refused,
        late,
        admin.read(path),
        admin.read("/back-offices"),
        admin.send("/back-offices", body),
    ]
    for answer in answers:
        assert KEY not in answer.text
        assert "-key" not in answer.text
    assert not [row for row in AuditEntry.objects.all() if KEY in str(row.changes)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "ERP", "code": "erp"}, "kind"),
        ({"kind": "fax", "name": "ERP", "code": "erp"}, "kind"),
        ({"kind": "csv-folder", "name": "ERP", "code": "erp"}, "folder"),
        ({"kind": "rest", "name": "ERP", "code": "erp", "given": {"address": "https://u:p@erp.example"}}, "address"),
        ({"kind": "csv-folder", "name": "ERP", "code": "erp", "given": {"folder": "x"}, "company": "no"}, "company"),
        ({"kind": "csv-folder", "name": " ", "code": "erp", "given": {"folder": "x"}}, "name"),
        (
            {"kind": "csv-folder", "name": "ERP", "code": "erp", "given": {"folder": "x"}, "every_minutes": 0},
            "every_minutes",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(admin: ApiClient, body: dict[str, object], field: str) -> None:
    answer = admin.send("/back-offices", body)
    assert answer.status_code == 422
    assert field in answer.json()["fields"]
    assert not Connection.objects.exists()


def test_an_exchange_begins_now_unless_it_is_switched_off(over_http: Connection, erp: Erp, admin: ApiClient) -> None:
    path = f"/back-offices/{over_http.pk}"
    begun = admin.send(f"{path}/exchange")
    job = Job.objects.get(name="connectors.exchange_all")
    assert (begun.status_code, begun.json()) == (202, {"job": str(job.pk), "state": "ready"})
    assert begun["Location"] == f"/api/v1/jobs/{job.pk}"
    off = admin.send(f"{path}/switch-off")
    assert (off.json()["active"], off.json()["next_at"]) == (False, None)
    refused = admin.send(f"{path}/exchange")
    assert (refused.status_code, refused.json()["code"]) == (409, "back-office-off")
    on = admin.send(f"{path}/switch-on", If_Match=off["ETag"])
    assert (on.json()["active"], on.json()["next_at"] is not None) == (True, True)
    assert admin.send(f"{path}/switch-off", If_Match=off["ETag"]).status_code == 412


def test_a_subject_says_columns_and_owners_and_is_changed_field_by_field(
    over_http: Connection, erp: Erp, admin: ApiClient
) -> None:
    path = f"/back-offices/{over_http.pk}/subjects/items"
    found = admin.read(path)
    assert [one["name"] for one in found.json()["fields"] if one["is_key"]] == ["sku"]
    changed = admin.change(path, {"columns": {"CODART": "sku"}, "owners": {"price": "ask"}}, If_Match=found["ETag"])
    told = changed.json()
    price = next(one for one in told["fields"] if one["name"] == "price")
    assert (told["columns"], told["active"], price["owner"], told["version"]) == ({"CODART": "sku"}, True, "ask", 2)
    assert admin.change(path, {"active": False}).json()["columns"] == {"CODART": "sku"}
    assert admin.change(path, {"active": True}, If_Match=found["ETag"]).status_code == 412
    for body, field in (
        ({"columns": {"A": "sku", "B": "sku"}}, "columns"),
        ({"columns": {"A": "nothing"}}, "columns"),
        ({"owners": {"nothing": "ours"}}, "owners"),
        ({"owners": {"price": "nobody"}}, "owners.price"),
    ):
        answer = admin.change(path, body)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert admin.read(f"/back-offices/{over_http.pk}/subjects/cars").status_code in (404, 422)


def test_rows_are_told_as_both_sides_know_them(over_http: Connection, erp: Erp, admin: ApiClient) -> None:
    look(over_http, erp, ROW, ROW | {"sku": "GIA-L", "size": "L"})
    found = admin.read(f"/back-offices/{over_http.pk}/subjects/items/rows?limit=1").json()
    row = found["items"][0]
    assert (found["count"], row["key"], row["known"]["price"], row["ours"]["price"]) == (2, "gia-l", "120.5", "120.5")
    second = admin.read(f"/back-offices/{over_http.pk}/subjects/items/rows?limit=1&cursor={found['next']}").json()
    assert [one["key"] for one in second["items"]] == ["gia-m"]
    assert admin.read(f"/back-offices/{over_http.pk}/subjects/items/rows?q=gia-m").json()["count"] == 1


def test_both_sides_are_compared_by_counts_and_sums(over_http: Connection, erp: Erp, admin: ApiClient) -> None:
    look(over_http, erp, ROW)
    path = f"/back-offices/{over_http.pk}/subjects/items/compare"
    assert admin.read(path).json()["told"] is False
    erp.everything["items"] = [{name: str(value) for name, value in ROW.items()} | {"price": "130"}]
    found = admin.read(path).json()
    assert (found["told"], found["agree"], found["theirs"]["count"], found["theirs"]["sums"]["price"]) == (
        True,
        False,
        1,
        "130",
    )
    assert found["ours"]["count"] == 3
    prices = {one["key"]: one["fields"].get("price") for one in found["differing"] if not one["only"]}
    assert prices == {"gia-m": {"ours": "120.5", "theirs": "130"}}
    erp.away = True
    away = admin.read(path)
    assert (away.status_code, away.json()["code"]) == (502, "back-office-away")


def test_a_disagreement_is_settled_once(over_http: Connection, erp: Erp, admin: ApiClient) -> None:
    disagreed(over_http, erp)
    found = admin.read("/back-offices/conflicts").json()["items"]
    assert [(one["field"], one["before"], one["ours"], one["theirs"]) for one in found] == [
        ("price", "120.5", "125", "130")
    ]
    path = f"/back-offices/conflicts/{found[0]['id']}"
    assert admin.read(path).json() == found[0]
    assert admin.send(f"{path}/settle", {"whose": "nobody"}).status_code == 422
    settled = admin.send(f"{path}/settle", {"whose": "theirs"}).json()
    assert (settled["state"], settled["decided_at"] is not None) == ("theirs", True)
    assert Variant.objects.get(sku="GIA-M").price == 130
    again = admin.send(f"{path}/settle", {"whose": "ours"})
    assert (again.status_code, again.json()["code"]) == (409, "conflict-decided")
    assert admin.read("/back-offices/conflicts").json()["items"] == []
    assert admin.read(f"/back-offices/conflicts?state=theirs&back_office={over_http.pk}").json()["count"] == 1
    assert admin.read(f"/back-offices/conflicts?state=theirs&back_office={UUID(int=7)}").json()["count"] == 0


def test_a_refused_row_is_told_and_put_away(over_http: Connection, erp: Erp, admin: ApiClient) -> None:
    look(over_http, erp, BAD)
    path = f"/back-offices/{over_http.pk}/subjects/items/rejected"
    row = admin.read(path).json()["items"][0]
    assert (row["key"], row["row"], row["because"] != "") == ("x1", {"sku": "X1"}, True)
    gone = admin.send(f"/back-offices/rejected/{row['id']}/put-away").json()
    assert gone["ended_at"] is not None
    assert admin.read(path).json()["items"] == []
    assert RejectedRow.objects.get().ended_at is not None
    assert admin.send(f"/back-offices/rejected/{over_http.pk}/put-away").status_code == 404


def test_who_may_not_see_settings_sees_no_back_office(over_http: Connection, erp: Erp, world: World) -> None:
    disagreed(over_http, erp)
    look(over_http, erp, BAD)
    row, one = RejectedRow.objects.first(), Exchange.objects.first()
    assert row is not None
    assert one is not None
    agent, path = api_of(world, "agent"), f"/back-offices/{over_http.pk}"
    subject = f"{path}/subjects/{one.subject}"
    read = ["/back-offices", path, f"{path}/runs", "/back-offices/conflicts"]
    read += [subject, *(f"{subject}/{what}" for what in ("rows", "rejected", "compare"))]
    for address in read:
        assert agent.read(address).status_code == 403, address
    for address in ("exchange", "try", "switch-off", "switch-on"):
        assert agent.send(f"{path}/{address}").status_code == 403, address
    assert agent.send(f"/back-offices/rejected/{row.pk}/put-away").status_code == 403
    assert agent.change(path, {"name": "x"}).status_code == 403
    reader = api_of(world, "admin", scopes=["settings:read"])
    assert reader.read(path).status_code == 200
    assert reader.send(f"{path}/exchange").json()["code"] == "scope-missing"


def test_it_is_asked_as_often_for_many_as_for_one(
    over_http: Connection, over_folder: Connection, erp: Erp, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    look(over_http, erp, ROW)
    with django_assert_num_queries(2):
        found = standing_of([over_http, over_folder])
    assert [len(exchanges) for _one, exchanges in found] == [6, 6]
