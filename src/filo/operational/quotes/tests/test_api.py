"""Quotes at the API: every act of their pages, with the same rights; what is beyond a cap is asked and decided."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from filo.operational.deals.models import Deal
from filo.operational.deals.tests.floor import floor_of
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.finding import lines_of
from filo.operational.quotes.services import draft_quote, send_quote
from filo.operational.quotes.services.seeing import note_view
from filo.operational.quotes.tests.desk import CUSTOMER, Desk
from filo.testing.api import ApiClient, api_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(desk: Desk) -> ApiClient:
    return api_of(desk.world, "agent")


def beyond(desk: Desk) -> Quote:
    """A draft with 15 % off: the agent may give 10, his manager 20."""
    desk.cap("agent", "10")
    desk.cap("area-manager", "20")
    return desk.draft(desk.line("shirt", discounts="15"))


def test_an_approval_is_asked_given_and_told_on_the_quote(desk: Desk, agent: ApiClient) -> None:
    path = f"/quotes/{beyond(desk).pk}"
    assert agent.read(path).json()["must_ask"] is True
    refused = agent.send(f"{path}/send", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "quote-beyond-caps")
    asked = agent.send(f"{path}/ask-approval", {"why": "Cliente da dieci anni"}).json()
    assert (asked["state"], asked["approval"]["state"], asked["approval"]["weight"]) == ("waiting", "waiting", "15")
    assert "Cliente da dieci anni" in asked["approval"]["why"]
    manager, approval = api_of(desk.world, "manager"), f"/approvals/{asked['approval']['id']}"
    waiting = manager.read(f"/approvals?subject_kind=quote&subject_id={asked['id']}").json()
    assert [one["id"] for one in waiting["items"]] == [asked["approval"]["id"]]
    assert manager.send(f"{approval}/decide", {"approved": False}).json()["fields"]["note"]
    decided = manager.send(f"{approval}/decide", {"approved": True}, If_Match=manager.read(approval)["ETag"])
    assert decided.json()["state"] == "approved"
    told = agent.read(path).json()
    assert (told["state"], told["approval"]["decided_by"] != "") == ("approved", True)
    assert agent.send(f"{path}/send", {}).json()["state"] == "sent"


def test_a_refusal_says_why_and_the_quote_is_a_draft_again(desk: Desk, agent: ApiClient) -> None:
    path = f"/quotes/{beyond(desk).pk}"
    asked = agent.send(f"{path}/ask-approval", {}).json()
    manager = api_of(desk.world, "manager")
    said = {"approved": False, "note": "Al massimo 12"}
    manager.send(f"/approvals/{asked['approval']['id']}/decide", said)
    told = agent.read(path).json()
    assert (told["state"], told["approval"]["state"], told["approval"]["note"]) == ("draft", "refused", "Al massimo 12")


def test_what_is_asked_is_taken_back(desk: Desk, agent: ApiClient) -> None:
    path = f"/quotes/{beyond(desk).pk}"
    agent.send(f"{path}/ask-approval", {})
    mine = agent.read("/approvals?which=asked").json()
    assert mine["count"] == 1
    stopped = agent.send(f"{path}/stop-asking").json()
    assert (stopped["state"], stopped["approval"]["state"]) == ("draft", "withdrawn")
    assert agent.read("/approvals?which=asked").json()["items"] == []
    assert [one["state"] for one in agent.read("/approvals?which=decided").json()["items"]] == ["withdrawn"]


def test_what_is_within_the_caps_needs_no_approval(desk: Desk, agent: ApiClient) -> None:
    answer = agent.send(f"/quotes/{desk.draft().pk}/ask-approval", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "quote-within-caps")
    assert answer.json()["detail"]


def test_optional_lines_are_chosen_when_it_is_accepted(desk: Desk, agent: ApiClient) -> None:
    quote = desk.sent(desk.line("shirt", "2"), desk.line("scarf", optional=True), desk.line("book", optional=True))
    _shirt, scarf, book = lines_of(quote)
    path, by = f"/quotes/{quote.pk}", {"name": "Anna Bassi", "note": "Al telefono"}
    wrong = agent.send(f"{path}/accept", {**by, "chosen": [str(quote.pk)]})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["chosen"])
    found = agent.send(f"{path}/accept", {**by, "chosen": [str(scarf.pk)]}).json()
    assert [line["chosen"] for line in found["lines"]] == [False, True, False]
    signature = found["signature"]
    assert (signature["name"], signature["note"], signature["chosen"]) == ("Anna Bassi", "Al telefono", [str(scarf.pk)])
    assert signature["total"] == found["total"]
    assert signature["by"]["id"] == str(desk.world.people["agent"].pk)
    assert str(book.pk) not in signature["chosen"]


def test_who_opened_it_is_told_as_far_as_he_consented(desk: Desk, agent: ApiClient) -> None:
    quote = desk.sent()
    note_view(CUSTOMER, quote)
    found = agent.read(f"/quotes/{quote.pk}").json()
    assert (found["state"], found["views"], found["seen_by"]) == ("viewed", 1, [])


def test_versions_are_listed_and_name_one_another(desk: Desk, agent: ApiClient) -> None:
    quote = desk.sent()
    second = agent.send(f"/quotes/{quote.pk}/versions").json()
    assert (second["revision"], second["previous"]) == (2, str(quote.pk))
    assert agent.read(f"/quotes/{quote.pk}").json()["next"] == second["id"]
    for one in (str(quote.pk), second["id"]):
        found = agent.read(f"/quotes/{one}/versions").json()["items"]
        assert [(row["id"], row["revision"]) for row in found] == [(str(quote.pk), 1), (second["id"], 2)]


def test_a_copy_is_a_new_draft_and_a_draft_is_priced_anew(desk: Desk, agent: ApiClient) -> None:
    quote = desk.sent()
    made = agent.send(f"/quotes/{quote.pk}/copy", Idempotency_Key="one")
    assert made.status_code == 201
    assert agent.send(f"/quotes/{quote.pk}/copy", Idempotency_Key="one").json()["id"] == made.json()["id"]
    assert (made.json()["state"], made.json()["number"]) == ("draft", "")
    assert made["Location"] == f"/api/v1/quotes/{made.json()['id']}"
    shirt = desk.goods["shirt"]
    shirt.price = Decimal(60)
    shirt.save()
    anew = agent.send(f"/quotes/{made.json()['id']}/reprice").json()
    assert anew["lines"][0]["unit_price"] == "60"
    assert agent.send(f"/quotes/{quote.pk}/reprice").status_code == 409


def test_a_draft_is_thrown_away_and_brought_back(desk: Desk, agent: ApiClient) -> None:
    quote = desk.draft()
    path = f"/quotes/{quote.pk}"
    assert agent.remove(path, If_Match='"99"').status_code == 412
    assert agent.remove(path).status_code == 204
    assert agent.read(path).status_code == 404
    assert agent.send(f"{path}/bring-back").json()["state"] == "draft"
    assert agent.read(path).status_code == 200
    assert agent.remove(f"/quotes/{desk.sent().pk}").status_code == 409


def test_the_deal_of_an_accepted_quote_is_won(desk: Desk, agent: ApiClient) -> None:
    deal = floor_of(desk.world).open()
    principal, party = desk.principal(), desk.world.parties["own"]
    quote = draft_quote(principal, party=party, deal=deal, lines=[desk.line("shirt", "2")], facts={})
    path = f"/quotes/{send_quote(principal, quote).pk}"
    early = agent.send(f"{path}/win-deal")
    assert (early.status_code, early.json()["code"]) == (409, "quote-not-accepted")
    desk.accepted(quote)
    assert agent.send(f"{path}/win-deal").status_code == 200
    assert Deal.objects.get(pk=deal.pk).state == "won"


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        *(("ask-approval", {}), ("stop-asking", None), ("reprice", None), ("copy", None), ("bring-back", None)),
        *(("win-deal", None), ("versions", None)),
    ],
)
def test_a_stranger_finds_nothing_and_does_nothing(desk: Desk, verb: str, body: Any) -> None:
    path = f"/quotes/{desk.draft().pk}"
    stranger = api_of(desk.world, "stranger")
    assert stranger.send(f"{path}/{verb}", body).status_code == 404
    assert stranger.read(f"{path}/versions").status_code == 404
    assert stranger.remove(path).status_code == 404


def test_a_token_that_only_reads_asks_for_nothing(desk: Desk) -> None:
    reader = api_of(desk.world, "agent", scopes=["quote:read"])
    path = f"/quotes/{desk.draft().pk}"
    for verb in ("ask-approval", "copy"):
        assert reader.send(f"{path}/{verb}", {} if verb == "ask-approval" else None).json()["code"] == "scope-missing"
    assert reader.remove(path).json()["code"] == "scope-missing"
