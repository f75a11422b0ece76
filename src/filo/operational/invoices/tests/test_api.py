"""Invoices at the API: drafted, issued, sent and credited; what was issued stays; others find nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote as quoted

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.ids import uuid7
from filo.operational.catalogue.tests.shop import open_shop
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.tests.office import Office
from filo.operational.orders.tests.counter import COAT, JACKET, Counter
from filo.testing.api import ApiClient, api_of, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(office: Office) -> ApiClient:
    return api_of(office.world, "inside")


@pytest.fixture
def counter(office: Office) -> Counter:
    shop = open_shop()
    for sku in (JACKET, COAT):
        shop.put(sku, "centro", 10)
    return Counter(office.world, shop)


def body_of(office: Office, *prices: str, **facts: Any) -> dict[str, Any]:
    lines = [{"description": f"Tessuto {price}", "unit_price": price, "unit": "MT"} for price in prices or ("100.00",)]
    return {"party": str(office.party.pk), "company": office.company.code, "lines": lines} | facts


def narrowed(name: str, value: Any) -> str:
    return "/invoices?filter=" + quoted(json.dumps({"field": name, "op": "is", "value": value}))


def money(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def test_an_invoice_is_drafted_once_for_a_key(office: Office, inside: ApiClient) -> None:
    body = body_of(office, "100.00", "50", terms="30/60 FM")
    answers = [inside.send("/invoices", body, Idempotency_Key="one") for _time in range(2)]
    invoice, found = Invoice.objects.get(), answers[0].json()
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0]["Location"] == f"/api/v1/invoices/{invoice.pk}"
    assert answers[1].json() == found
    assert (found["state"], found["number"], found["terms"], found["iban"]) == (
        "draft",
        "",
        "30/60 FM",
        "IT60X0542811101000000123456",
    )
    assert (found["net"], found["vat"], found["total"]) == (money("150.00"), money("33.00"), money("183.00"))
    assert found["party"]["id"] == str(office.party.pk)


def file_reader(office: Office) -> Callable[[str], Any]:
    """Reads what is no JSON."""
    headers = {"Authorization": f"Bearer {token_of(office.world, 'inside')}"}
    return lambda path: Client().get(f"/api/v1{path}", headers=headers)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"terms": "presto"}, "terms"),
        ({"type": "TD99"}, "type"),
        ({"company": "nessuna"}, "company"),
        ({"party": str(uuid7())}, "party"),
        ({"lines": [{"description": "x", "vat_rate": "1000"}]}, "lines.0.vat_rate"),
        ({"lines": [{"description": "x", "vat_rate": "0"}]}, "lines"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_named(office: Office, inside: ApiClient, facts: dict[str, Any], field: str) -> None:
    answer = inside.send("/invoices", body_of(office, **facts))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not Invoice.objects.exists()


def test_a_draft_changes_until_it_is_issued(office: Office, inside: ApiClient) -> None:
    made = inside.send("/invoices", body_of(office))
    path, first = f"/invoices/{made.json()['id']}", made["ETag"]
    changed = inside.change(path, {"cause": "Acconto", "lines": [{"description": "A", "unit_price": "10"}]})
    assert (changed.json()["cause"], changed.json()["net"]) == ("Acconto", money("10.00"))
    late = inside.change(path, {"cause": "Saldo"}, If_Match=first)
    assert (late.status_code, late.json()["differing"]["cause"]["theirs"]) == (412, "Acconto")
    assert inside.send(f"{path}/issue", {}, If_Match=first).status_code == 412
    issued = inside.send(f"{path}/issue", {}).json()
    assert (issued["state"], issued["payable"], issued["left"]) == ("issued", money("12.20"), money("12.20"))
    assert issued["number"]
    assert (issued["taxes"][0]["vat"], issued["dues"][0]["amount"]) == ("2.20", "12.20")
    assert inside.send(f"{path}/issue", {}).json()["number"] == issued["number"]
    for refused in (inside.change(path, {"cause": "Saldo"}), inside.remove(path)):
        assert (refused.status_code, refused.json()["code"]) == (409, "invoice-issued")
    assert inside.read(path).json()["cause"] == "Acconto"


def test_a_draft_is_thrown_away(office: Office, inside: ApiClient) -> None:
    path = f"/invoices/{office.draft().pk}"
    assert inside.remove(path, If_Match='"9"').status_code == 412
    assert inside.remove(path).status_code == 204
    assert inside.read(path).status_code == 404


def test_an_issued_invoice_leaves_as_a_file_and_on_paper(office: Office, inside: ApiClient) -> None:
    path = f"/invoices/{office.draft().pk}"
    assert inside.read(f"{path}/xml").status_code == 404
    number = inside.send(f"{path}/issue", {}).json()["number"]
    files = file_reader(office)
    early = files(f"{path}/xml")
    assert early["Content-Type"] == "application/xml"
    assert f"<Numero>{number}</Numero>" in early.content.decode()
    assert inside.send(f"{path}/send", {"way": "pec"}).status_code == 422
    sent = inside.send(f"{path}/send", {"way": "hand"}).json()
    assert (sent["state"], [one["kind"] for one in sent["files"]]) == ("sent", ["sent"])
    assert inside.send(f"{path}/send", {}).json()["files"] == sent["files"]
    assert sent["files"][0]["name"] in files(f"{path}/xml")["Content-Disposition"]
    paper = files(f"{path}/pdf")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize(("zone", "day"), [("Europe/Rome", "2027-01-01"), ("Atlantic/Azores", "2026-12-31")])
def test_its_day_is_that_of_whoever_issues_it(office: Office, inside: ApiClient, zone: str, day: str) -> None:
    User.objects.filter(pk=office.world.people["inside"].pk).update(time_zone=zone)
    with clock.at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        made = inside.send("/invoices", body_of(office)).json()
        issued = inside.send(f"/invoices/{made['id']}/issue", {}).json()
    assert (issued["date"], issued["created_at"]) == (day, "2026-12-31T23:30:00Z")


def test_credit_is_given_in_part_and_then_for_no_more_than_is_left(office: Office, inside: ApiClient) -> None:
    invoice = office.issue("100.00", "50.00")
    path, line = f"/invoices/{invoice.pk}", invoice.lines.first()
    assert line is not None
    made = inside.send(f"{path}/credit", {"lines": {str(line.pk): "1"}, "cause": "Reso"})
    note = made.json()
    assert (made.status_code, note["type"], note["credits"], note["net"]) == (
        201,
        "TD04",
        str(invoice.pk),
        money("100.00"),
    )
    inside.send(f"/invoices/{note['id']}/issue", {})
    assert inside.read(path).json()["left"] == money("61.00")
    whole = inside.send(f"{path}/credit", {}).json()
    assert inside.send(f"/invoices/{whole['id']}/issue", {}).status_code == 422
    other = inside.send(f"{path}/credit", {"lines": {str(uuid7()): "1"}})
    assert (other.status_code, Invoice.objects.count()) == (422, 3)


def test_an_order_is_billed_once_and_its_lines_keep_their_article(
    office: Office, counter: Counter, inside: ApiClient
) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"))
    assert inside.send(f"/orders/{counter.draft().pk}/bill").json()["code"] == "order-not-confirmed"
    made = [inside.send(f"/orders/{order.pk}/bill").json() for _time in range(2)]
    assert made[0]["id"] == made[1]["id"]
    assert made[0]["source"] == {"kind": "order", "id": str(order.pk)}
    line = {"id": made[0]["lines"][0]["id"], "code": JACKET, "description": "Giacca", "unit_price": "90"}
    inside.change(f"/invoices/{made[0]['id']}", {"lines": [line]})
    kept = Invoice.objects.get().lines.get()
    assert (kept.variant_id, kept.description) == (counter.shop.variants[JACKET].pk, "Giacca")
    gone = inside.change(f"/invoices/{made[0]['id']}", {"lines": [line]})
    assert (gone.status_code, list(gone.json()["fields"])) == (422, ["lines.0.id"])


def test_a_shipment_is_billed_by_itself(counter: Counter, inside: ApiClient) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"), counter.line(COAT, "1"))
    shipment = counter.ship(order, {JACKET: "1"})
    found = inside.send(f"/shipments/{shipment.pk}/bill").json()
    assert (found["type"], found["source"]["kind"]) == ("TD24", "shipment")
    assert [(line["code"], line["quantity"]) for line in found["lines"]] == [(JACKET, "1")]
    assert inside.send(f"/orders/{order.pk}/bill").json()["code"] == "billed-by-shipment"
    assert inside.send(f"/shipments/{uuid7()}/bill").status_code == 404


def test_files_are_taken_in_and_accounted_for(office: Office, inside: ApiClient) -> None:
    files = [SimpleUploadedFile("strano.xml", b"<a/>"), SimpleUploadedFile("altro.pdf", b"%PDF-1.4")]
    headers = {"Authorization": f"Bearer {token_of(office.world, 'inside')}"}
    answer = inside.post("/api/v1/invoices/import", {"files": files}, headers=headers)
    assert answer.status_code == 201
    assert {(one["file"]["name"], one["file"]["kind"]) for one in answer.json()["items"]} == {
        ("strano.xml", "quarantine"),
        ("altro.pdf", "quarantine"),
    }
    agent = {"Authorization": f"Bearer {token_of(office.world, 'agent')}"}
    assert inside.post("/api/v1/invoices/import", {"files": files}, headers=agent).status_code == 403


def test_lists_are_narrowed_and_paged(office: Office, inside: ApiClient) -> None:
    draft, issued = office.draft("10"), office.issue("20")
    page = inside.read("/invoices?limit=1").json()
    rest = inside.read(f"/invoices?limit=1&cursor={quoted(page['next'])}").json()
    assert [one["id"] for one in page["items"] + rest["items"]] == [str(issued.pk), str(draft.pk)]
    assert (page["count"], rest["next"], page["items"][0]["lines"]) == (2, None, None)
    assert [one["id"] for one in inside.read(narrowed("state", "issued")).json()["items"]] == [str(issued.pk)]
    for name, value, count in (
        ("direction", "received", 0),
        ("party", str(office.party.pk), 2),
        ("company", office.company.code, 2),
        ("overdue", "no", 2),
        ("type", "TD04", 0),
    ):
        assert inside.read(narrowed(name, value)).json()["count"] == count, name
    assert inside.read(f"/invoices?q={quoted(issued.number)}").json()["count"] == 1
    for sort in ("date", "-date", "due", "total", "-total", "created"):
        assert inside.read(f"/invoices?sort={sort}").json()["count"] == 2
    assert inside.read("/invoices?sort=colour").status_code == 400


def test_who_may_not_see_an_invoice_finds_nothing(office: Office) -> None:
    path, stranger = f"/invoices/{office.issue().pk}", api_of(office.world, "stranger")
    assert stranger.read("/invoices").json()["items"] == []
    for place in ("", "/xml", "/pdf"):
        assert stranger.read(path + place).status_code == 404
    assert stranger.send(f"{path}/credit", {}).status_code == 404
    assert stranger.send("/invoices", body_of(office)).status_code == 422
    agent = api_of(office.world, "agent")
    assert agent.read(path).json()["party"]["display_name"]
    assert agent.send(f"{path}/send", {}).status_code == 403


def test_a_customer_whom_one_does_not_see_is_not_named(office: Office) -> None:
    invoice = office.issue()
    Invoice.objects.filter(pk=invoice.pk).update(owner=office.world.people["stranger"])
    stranger = api_of(office.world, "stranger")
    for path in (f"/invoices/{invoice.pk}", "/invoices"):
        answer = stranger.read(path)
        assert answer.status_code == 200
        assert "Lanificio" not in answer.text
    assert stranger.read(narrowed("party", str(office.party.pk))).json()["count"] == 0


def test_a_draft_that_falls_to_a_colleague_is_not_left_behind(office: Office) -> None:
    party = str(office.world.parties["joined"].pk)
    answer = api_of(office.world, "teammate").send("/invoices", body_of(office, party=party))
    assert answer.status_code == 404
    assert not Invoice.objects.exists()


@pytest.mark.parametrize(
    ("scopes", "act"),
    [
        (["invoice:read"], lambda api, path: api.send(f"{path}/issue", {})),
        (["invoice:read"], lambda api, path: api.change(path, {"cause": "x"})),
        (["invoice:write"], lambda api, path: api.read(f"{path}/xml")),
        (["invoice:write"], lambda api, _path: api.send(f"/orders/{uuid7()}/bill")),
    ],
)
def test_a_token_without_the_scope_is_refused(
    office: Office, scopes: list[str], act: Callable[[ApiClient, str], Any]
) -> None:
    answer = act(api_of(office.world, "admin", scopes=scopes), f"/invoices/{office.draft().pk}")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")
