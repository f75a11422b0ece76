"""What is done to deals at the API: steps, notes, other hands, the bin; why so many points, what was changed."""

from __future__ import annotations

from typing import Any

import pytest

from filo.operational.deals.models import Deal, ScoreRule
from filo.operational.deals.services import win_deal
from filo.operational.deals.tests.floor import Floor
from filo.operational.interactions.services import log_interaction
from filo.operational.parties.models import TimelineEntry
from filo.testing.api import api_of

pytestmark = pytest.mark.django_db


def test_what_comes_next_is_said_and_done(floor: Floor) -> None:
    deal, agent = floor.open(), api_of(floor.world, "agent")
    said = agent.send(f"/deals/{deal.id}/next-step", {"step": "Chiamare", "on": "2026-12-01"})
    assert (said.status_code, said.json()["next_step"], said.json()["next_on"]) == (200, "Chiamare", "2026-12-01")
    done = agent.send(f"/deals/{deal.id}/step-done", {}).json()
    assert (done["next_step"], done["next_on"]) == ("", None)
    again = agent.send(f"/deals/{deal.id}/step-done", {}).json()
    assert again["version"] == done["version"]
    assert TimelineEntry.objects.filter(kind="deal.step-done", excerpt="Chiamare").count() == 1


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("next-step", {"step": " ", "on": "2026-12-01"}, "next_step"),
        ("next-step", {"step": "Chiamare"}, "on"),
        ("next-step", {"step": "Chiamare", "on": "domani"}, "on"),
        ("notes", {"text": " "}, "text"),
        ("notes", {"text": "x" * 601}, "text"),
        ("hand-over", {"owner": "nobody@aurora.example"}, "owner"),
        ("hand-over", {}, "owner"),
    ],
)
def test_an_act_that_cannot_be_says_why(floor: Floor, path: str, body: dict[str, Any], field: str) -> None:
    deal = floor.open()
    answer = api_of(floor.world, "boss").send(f"/deals/{deal.id}/{path}", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert floor.again(deal).version == deal.version


def test_a_note_stands_in_the_story(floor: Floor) -> None:
    deal, agent = floor.open(), api_of(floor.world, "agent")
    assert agent.send(f"/deals/{deal.id}/notes", {"text": "Decide il titolare."}).status_code == 200
    assert TimelineEntry.objects.filter(kind="deal.note", excerpt="Decide il titolare.").count() == 1


def test_a_deal_is_handed_over_by_who_may_assign(floor: Floor) -> None:
    deal = floor.open()
    assert api_of(floor.world, "agent").send(f"/deals/{deal.id}/hand-over", {"owner": ""}).status_code == 403
    manager = api_of(floor.world, "manager")
    given = manager.send(f"/deals/{deal.id}/hand-over", {"owner": "teammate@aurora.example"}).json()
    assert given["owner"]["email"] == "teammate@aurora.example"
    lost = manager.send(f"/deals/{deal.id}/hand-over", {"owner": "stranger@aurora.example"})
    assert (lost.status_code, lost.json()["owner"]["email"]) == (200, "stranger@aurora.example")
    assert manager.read(f"/deals/{deal.id}").status_code == 404
    assert api_of(floor.world, "boss").send(f"/deals/{deal.id}/hand-over", {"owner": ""}).json()["owner"] is None


def test_many_are_handed_over_as_one_act_that_can_be_taken_back(floor: Floor) -> None:
    deals, boss = [floor.open("Uno"), floor.open("Due")], api_of(floor.world, "boss")
    ids = [str(deal.id) for deal in deals]
    answer = boss.send("/deals/hand-over", {"ids": ids, "owner": "teammate@aurora.example"}).json()
    assert (answer["given"], answer["left"]) == (2, 0)
    assert {floor.again(deal).owner_id for deal in deals} == {floor.world.people["teammate"].id}
    assert boss.send(f"/operations/{answer['operation']}/undo").json()["taken"] == 2
    assert {floor.again(deal).owner_id for deal in deals} == {floor.world.people["agent"].id}


def test_a_deal_among_many_that_one_does_not_see_is_named(floor: Floor) -> None:
    deal = floor.open()
    body = {"ids": [str(deal.id)], "owner": "stranger@aurora.example"}
    answer = api_of(floor.world, "other_manager").send("/deals/hand-over", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["ids.0"])
    assert api_of(floor.world, "agent").send("/deals/hand-over", body).status_code == 403
    assert api_of(floor.world, "boss").send("/deals/hand-over", body | {"ids": []}).status_code == 422
    assert floor.again(deal).owner_id == floor.world.people["agent"].id


def test_what_was_thrown_away_is_listed_and_comes_back(floor: Floor) -> None:
    deal, agent = floor.open(), api_of(floor.world, "agent")
    agent.remove(f"/deals/{deal.id}")
    binned = agent.read("/deals/bin").json()
    assert ([one["id"] for one in binned["items"]], binned["count"]) == ([str(deal.id)], 1)
    assert binned["items"][0]["deleted_at"] is not None
    for who in ("teammate", "stranger"):
        assert api_of(floor.world, who).read("/deals/bin").json()["items"] == []
        assert api_of(floor.world, who).send(f"/deals/{deal.id}/restore").status_code == 404
    assert api_of(floor.world, "inside").send(f"/deals/{deal.id}/restore").status_code == 403
    assert agent.send(f"/deals/{deal.id}/restore").json()["state"] == "open"
    assert agent.read(f"/deals/{deal.id}").status_code == 200
    assert agent.read("/deals/bin").json()["items"] == []


def test_points_are_told_rule_by_rule(floor: Floor) -> None:
    ScoreRule.objects.create(name_it="Grande", field="amount", operator="more", value="500", points=20)
    ScoreRule.objects.create(name_it="Telefonate", way="behaviour", field="interaction.call", points=8)
    ScoreRule.objects.create(name_it="Fiera", field="source", value="Fiera", points=5)
    deal = floor.open(amount=1000)
    log_interaction(floor.principal("agent"), floor.world.parties["own"], channel="call")
    found = api_of(floor.world, "agent").read(f"/deals/{deal.id}/points").json()
    told = [(one["name"], one["way"], one["points"], one["times"]) for one in found["rules"]]
    assert told == [("Grande", "fit", 20, 0), ("Telefonate", "behaviour", 8, 1)]
    assert found["score"] == sum(one["points"] for one in found["rules"])
    assert api_of(floor.world, "stranger").read(f"/deals/{deal.id}/points").status_code == 404


def test_what_was_changed_is_told_newest_first_and_taken_back(floor: Floor) -> None:
    deal, agent = floor.open(), api_of(floor.world, "agent")
    agent.change(f"/deals/{deal.id}", {"title": "Divise"})
    page = agent.read(f"/deals/{deal.id}/changes?limit=1").json()
    newest = page["items"][0]
    assert (newest["action"], newest["changes"]["title"]) == ("deal.edit", ["Fornitura", "Divise"])
    assert (newest["actor"]["id"], newest["door"]) == (str(floor.world.people["agent"].id), "api")
    older = agent.read(f"/deals/{deal.id}/changes?cursor={page['next']}").json()["items"]
    assert [one["action"] for one in older] == ["deal.open"]
    agent.send(f"/operations/{newest['operation']}/undo")
    assert floor.again(deal).title == "Fornitura"
    assert api_of(floor.world, "stranger").read(f"/deals/{deal.id}/changes").status_code == 404


def test_a_customer_gets_a_code_once_and_what_he_brought_is_counted(floor: Floor) -> None:
    world, agent = floor.world, api_of(floor.world, "agent")
    path = f"/parties/{world.parties['own'].id}"
    assert agent.read(f"{path}/referrals").json()["code"] == ""
    code = agent.send(f"{path}/referral-code").json()["code"]
    assert len(code) == 8
    assert agent.send(f"{path}/referral-code").json()["code"] == code
    body = {"party": str(world.parties["shared"].id), "referral_code": code, "value": {"amount": "900"}}
    made = agent.send("/deals", body | {"owner": "agent@aurora.example"}).json()
    win_deal(floor.principal("agent"), Deal.objects.get(pk=made["id"]))
    found = agent.read(f"{path}/referrals").json()
    assert found["brought"] == 1
    assert found["won"] == {"number": 1, "value": {"amount": "900.00", "currency": "EUR"}, "unknown": []}
    assert api_of(world, "stranger").read(f"{path}/referrals").status_code == 404
    assert api_of(world, "stranger").send(f"{path}/referral-code").status_code == 404
    assert api_of(world, "operator").send(f"{path}/referral-code").status_code == 403
    assert api_of(world, "agent", scopes=["deal:read"]).read(f"{path}/referrals").status_code == 403


@pytest.mark.parametrize("path", ["next-step", "step-done", "notes", "hand-over", "restore"])
def test_who_does_not_see_a_deal_does_nothing_to_it(floor: Floor, path: str) -> None:
    deal = floor.open()
    bodies = {
        "next-step": {"step": "x", "on": "2026-12-01"},
        "notes": {"text": "x"},
        "hand-over": {"owner": ""},
    }
    who = "other_manager" if path == "hand-over" else "stranger"
    assert api_of(floor.world, who).send(f"/deals/{deal.id}/{path}", bodies.get(path, {})).status_code == 404
    assert floor.again(deal).version == deal.version


def test_a_deal_moves_by_its_stage(floor: Floor) -> None:
    deal, agent = floor.open(), api_of(floor.world, "agent")
    moved = agent.change(f"/deals/{deal.id}", {"stage": "talks"}).json()
    assert (moved["stage"], moved["chance"]) == ("talks", 80)
    end = agent.change(f"/deals/{deal.id}", {"stage": "won"})
    assert (end.status_code, end.json()["code"]) == (409, "deal-transition")
