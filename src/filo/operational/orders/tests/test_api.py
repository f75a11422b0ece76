"""Orders at the API: begun once, confirmed, shipped in part, taken back; who may not see them finds nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import quote as quoted

import pytest

from filo.operational.orders.models import Carrier, Order, Shipment
from filo.operational.orders.tests.counter import COAT, JACKET, LAMP, Counter
from filo.operational.quotes.drafts import LineDraft as QuoteLine
from filo.operational.quotes.services import Evidence, accept_quote, draft_quote, send_quote
from filo.testing.api import ApiClient, api_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(counter: Counter) -> ApiClient:
    return api_of(counter.world, "admin")


def body_of(counter: Counter, *lines: dict[str, Any], party: str = "own", **facts: Any) -> dict[str, Any]:
    rows = lines or ({"sku": JACKET, "quantity": "2"}, {"description": "Consegna al piano", "unit_price": "15.50"})
    who = {"party": str(counter.world.parties[party].pk), "company": counter.world.companies["moda"].code}
    return who | {"lines": list(rows)} | facts


def narrowed(name: str, value: Any) -> str:
    return "/orders?filter=" + quoted(json.dumps({"field": name, "op": "is", "value": value}))


def test_an_order_is_begun_once_for_a_key(counter: Counter, admin: ApiClient) -> None:
    answers = [admin.send("/orders", body_of(counter, reference="PO 7"), Idempotency_Key="one") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1]["Idempotent-Replayed"] == "true"
    order, found = Order.objects.get(), answers[0].json()
    assert answers[1].json() == found
    assert answers[0]["Location"] == f"/api/v1/orders/{order.pk}"
    assert (found["source"], found["number"], found["reference"]) == ("api", "", "PO 7")
    assert found["party"]["id"] == str(counter.world.parties["own"].pk)
    assert found["total"] == {"amount": f"{order.total:f}", "currency": "EUR"}
    assert [(line["sku"], line["quantity"], line["unit_price"]) for line in found["lines"]] == [
        (JACKET, "2", "100"),
        ("", "1", "15.5"),
    ]


def test_a_new_token_of_the_same_person_with_the_same_key_makes_no_second_order(counter: Counter) -> None:
    made = [
        api_of(counter.world, "admin").send("/orders", body_of(counter), Idempotency_Key="k").json()["id"]
        for _token in range(2)
    ]
    other = api_of(counter.world, "inside").send("/orders", body_of(counter), Idempotency_Key="k")
    assert made[0] == made[1] != other.json()["id"]
    assert Order.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"sku": "NESSUNO"}, "lines.0.sku"),
        ({"description": "Lavoro"}, "lines.0.unit_price"),
        ({"sku": JACKET, "quantity": "-1"}, "lines.0.quantity"),
        ({"sku": JACKET, "id": "01a2019c-7fd7-7c53-bc80-8be9dfea212e"}, "lines.0.id"),
    ],
)
def test_a_wrong_line_is_named(counter: Counter, admin: ApiClient, line: dict[str, Any], field: str) -> None:
    answer = admin.send("/orders", body_of(counter, line))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not Order.objects.exists()


def test_a_draft_changes_unless_somebody_was_first(counter: Counter, admin: ApiClient) -> None:
    made = admin.send("/orders", body_of(counter))
    path, first = f"/orders/{made.json()['id']}", made["ETag"]
    line = {"id": made.json()["lines"][0]["id"], "sku": JACKET, "quantity": "3"}
    changed = admin.change(path, {"notes": "Suonare due volte", "lines": [line]}, If_Match=first)
    assert changed.status_code == 200
    assert [(row["id"], row["quantity"]) for row in changed.json()["lines"]] == [(line["id"], "3")]
    late = admin.change(path, {"notes": "Non suonare"}, If_Match=first)
    assert late.status_code == 412
    assert late.json()["differing"]["notes"] == {"theirs": "Suonare due volte", "yours": "Non suonare"}
    twice = admin.change(path, {"notes": "x", "lines": [line, line]})
    assert (twice.status_code, list(twice.json()["fields"])) == (422, ["lines.1.id"])
    assert admin.read(path).json()["notes"] == "Suonare due volte"


def test_what_is_short_is_refused_waited_for_or_left_out(counter: Counter, admin: ApiClient) -> None:
    orders = [counter.draft(counter.line(JACKET, "12")) for _time in range(3)]
    refused = admin.send(f"/orders/{orders[0].pk}/confirm", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "out-of-stock")
    part = admin.send(f"/orders/{orders[1].pk}/confirm", {"short": "part"}).json()
    assert (part["state"], part["lines"][0]["quantity"], part["waits"]) == ("confirmed", "10", False)
    waits = admin.send(f"/orders/{orders[2].pk}/confirm", {"short": "wait"}).json()
    assert (waits["lines"][0]["waiting"], waits["waits"]) == ("12", True)
    assert admin.send(f"/orders/{orders[1].pk}/confirm", {}).json()["number"] == part["number"] != ""
    assert [one["id"] for one in admin.read(narrowed("waiting", "yes")).json()["items"]] == [waits["id"]]


def test_a_part_is_shipped_once_arrives_and_comes_back(counter: Counter, admin: ApiClient) -> None:
    Carrier.objects.create(name="Corriere", tracking="https://c.example/{number}")
    order = counter.confirmed(counter.line(JACKET, "2"), counter.line(COAT, "1"))
    jacket, _coat = counter.lines(order)
    path = f"/orders/{order.pk}"
    assert admin.send(f"{path}/prepare").json()["state"] == "prepared"
    sent = {"lines": {str(jacket.pk): "1"}, "carrier": "Corriere", "tracking": "AB1", "parcels": 2}
    for _time in range(2):
        part = admin.send(f"{path}/ship", sent, Idempotency_Key="first").json()
    assert part["state"] == "part"
    shipment = part["shipments"][0]
    assert (shipment["tracking_url"], shipment["parcels"]) == ("https://c.example/AB1", 2)
    assert shipment["lines"] == [{"line": str(jacket.pk), "quantity": "1"}]
    assert counter.stock(JACKET) == (Decimal(9), Decimal(1))
    assert admin.send(f"{path}/deliver", {"shipment": shipment["id"]}).json()["shipments"][0]["delivered_at"]
    assert admin.send(f"{path}/deliver", {}).status_code == 409
    assert admin.send(f"{path}/ship", {}).json()["state"] == "shipped"
    assert admin.send(f"{path}/deliver", {}).json()["state"] == "delivered"
    back = admin.send(f"{path}/return", {"lines": {str(jacket.pk): "1"}, "reason": "Stretta"}).json()
    assert (back["state"], back["lines"][0]["returned"]) == ("delivered", "1")
    assert admin.send(f"{path}/return", {"restock": False}).json()["state"] == "returned"


def test_more_than_is_left_and_what_is_unknown_is_refused(counter: Counter, admin: ApiClient) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"))
    path, line = f"/orders/{order.pk}", counter.lines(order)[0].pk
    for body, field in (
        ({"lines": {str(line): "3"}}, f"lines.{line}"),
        ({"lines": {str(order.pk): "1"}}, "lines"),
        ({"carrier": "Nessuno"}, "carrier"),
        ({"parcels": 0}, "parcels"),
    ):
        answer = admin.send(f"{path}/ship", body)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert admin.send(f"{path}/deliver", {"shipment": str(order.pk)}).status_code == 422
    assert admin.send(f"{path}/ship", {}, If_Match='"1"').status_code == 412
    assert not Shipment.objects.exists()


def test_a_cancelled_order_gives_its_stock_back(counter: Counter, admin: ApiClient) -> None:
    order = counter.confirmed(counter.line(LAMP, "4"))
    found = admin.send(f"/orders/{order.pk}/cancel", {"reason": "Ci ha ripensato"}).json()
    assert (found["state"], found["closed_reason"]) == ("cancelled", "Ci ha ripensato")
    assert counter.stock(LAMP) == (Decimal(10), Decimal(0))
    assert admin.send(f"/orders/{order.pk}/ship", {}).json()["code"] == "order-transition"


def test_an_accepted_quote_makes_one_order(counter: Counter, admin: ApiClient) -> None:
    seller, party = counter.principal(), counter.world.parties["own"]
    line = QuoteLine(variant_id=counter.shop.variants[JACKET].pk, quantity=Decimal(2))
    quote = draft_quote(seller, party=party, company=counter.world.companies["moda"], lines=[line])
    early = admin.send(f"/quotes/{quote.pk}/order")
    assert (early.status_code, early.json()["code"]) == (409, "quote-not-accepted")
    send_quote(seller, quote, to="")
    accept_quote(seller, quote, evidence=Evidence("Anna Bassi", note="Al telefono"))
    made = [admin.send(f"/quotes/{quote.pk}/order").json() for _time in range(2)]
    assert made[0]["id"] == made[1]["id"]
    assert (made[0]["quote"], made[0]["source"]) == (str(quote.pk), "quote")
    own = api_of(counter.world, "stranger")
    assert own.send(f"/quotes/{quote.pk}/order").status_code == 404


def test_lists_are_narrowed_and_paged(counter: Counter, admin: ApiClient) -> None:
    mine = [counter.draft(reference=f"PO {place}") for place in range(3)]
    other = counter.confirmed(counter.line(COAT, "1"))
    first = admin.read("/orders?limit=2").json()
    second = admin.read(f"/orders?limit=2&cursor={quoted(first['next'])}").json()
    ids = [str(one.pk) for one in (other, *reversed(mine))]
    assert [one["id"] for one in first["items"] + second["items"]] == ids
    assert (first["count"], second["next"]) == (4, None)
    assert [one["id"] for one in admin.read(narrowed("state", "confirmed")).json()["items"]] == [str(other.pk)]
    assert admin.read(narrowed("party", str(other.party_id))).json()["count"] == 4
    assert admin.read(narrowed("company", "aurora-casa")).json()["count"] == 0
    assert admin.read("/orders?q=PO%201").json()["items"][0]["id"] == str(mine[1].pk)
    assert admin.read(f"/orders?q={quoted(counter.again(other).name)}").json()["count"] == 1
    assert admin.read("/orders?sort=colour").status_code == 400
    assert admin.read(narrowed("colour", "red")).status_code == 400


def test_who_may_not_see_an_order_finds_nothing(counter: Counter) -> None:
    order = counter.draft(by="agent")
    stranger = api_of(counter.world, "stranger")
    assert stranger.read("/orders").json()["items"] == []
    assert stranger.read(f"/orders/{order.pk}").status_code == 404
    assert stranger.change(f"/orders/{order.pk}", {"notes": "x"}).status_code == 404
    assert stranger.send(f"/orders/{order.pk}/cancel", {}).status_code == 404
    answer = stranger.send("/orders", body_of(counter))
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["party"])
    agent = api_of(counter.world, "agent")
    assert agent.read(f"/orders/{order.pk}").status_code == 200
    assert agent.send(f"/orders/{order.pk}/ship", {}).status_code == 403


def test_a_customer_whom_one_does_not_see_is_not_named(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "1"), ship_party_id=counter.world.parties["southern"].pk)
    Order.objects.filter(pk=order.pk).update(owner=counter.world.people["agent"])
    agent = api_of(counter.world, "agent").read(f"/orders/{order.pk}")
    assert (agent.json()["ship_party"], agent.json()["ship_to"]) == (None, [])
    assert "Moda Sud" not in agent.text
    Order.objects.filter(pk=order.pk).update(owner=counter.world.people["stranger"])
    for path in (f"/orders/{order.pk}", "/orders"):
        answer = api_of(counter.world, "stranger").read(path)
        assert "Lanificio" not in answer.text
        assert "lanificio" not in answer.text


@pytest.mark.parametrize(
    ("scopes", "act"),
    [
        (["order:read"], lambda api, path: api.send(f"{path}/confirm", {})),
        (["order:read"], lambda api, path: api.send(f"{path}/ship", {})),
        (["order:write"], lambda api, path: api.read(path)),
        (["party:read"], lambda api, _path: api.read("/orders")),
    ],
)
def test_a_token_without_the_scope_is_refused(
    counter: Counter, scopes: list[str], act: Callable[[ApiClient, str], Any]
) -> None:
    answer = act(api_of(counter.world, "admin", scopes=scopes), f"/orders/{counter.draft().pk}")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_what_left_is_listed_for_who_sees_the_order(counter: Counter, admin: ApiClient) -> None:
    order = admin.send("/orders", body_of(counter)).json()
    admin.send(f"/orders/{order['id']}/confirm", {})
    admin.send(f"/orders/{order['id']}/ship", {"tracking": "RR123"})
    (found,) = admin.read("/shipments?q=rr123").json()["items"]
    assert (found["order"], found["tracking"]) == (order["id"], "RR123")
    assert admin.read(f"/shipments/{found['id']}").json() == found
    assert admin.read("/shipments?q=another").json()["items"] == []
    stranger = api_of(counter.world, "stranger")
    assert stranger.read("/shipments").json()["items"] == []
    assert stranger.read(f"/shipments/{found['id']}").status_code == 404
