"""Webhooks and events at the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from filo.foundation import clock
from filo.foundation.events.models import OutboxEvent
from filo.foundation.events.services import relay_batch
from filo.foundation.jobs.models import Job
from filo.foundation.rest.models import IdempotencyRecord
from filo.foundation.webhooks.models import WebhookDelivery, WebhookEndpoint
from filo.foundation.webhooks.sending import deliver_due
from filo.foundation.webhooks.tests.peers import receiving
from filo.testing.api import api_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
HOOK = {"url": "https://shop.example.com/hook", "types": ["party.*"], "description": "Negozio"}


def test_a_webhook_is_made_read_changed_and_deleted(world: World) -> None:
    api = api_of(world, "admin")
    made = api.send("/webhooks", HOOK)
    found = made.json()
    assert made.status_code == 201
    assert found["secret"].startswith("whsec_")
    address = f"/webhooks/{found['id']}"
    assert made["Location"] == f"/api/v1{address}"
    read = api.read(address)
    assert read.json() == {name: value for name, value in found.items() if name != "secret"}
    assert "secret" not in api.read("/webhooks").text
    changed = api.change(address, {"types": ["*"], "state": "paused"}, If_Match=read["ETag"])
    assert (changed.json()["types"], changed.json()["state"]) == (["*"], "paused")
    late = api.change(address, {"description": "x"}, If_Match=read["ETag"])
    assert (late.status_code, late.json()["differing"]["description"]["yours"]) == (412, "x")
    assert api.remove(address, If_Match=read["ETag"]).status_code == 412
    assert api.remove(address).status_code == 204
    assert api.read(address).status_code == 404


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("url", {"url": "http://127.0.0.2/"}),
        ("url", {"url": "http://u:p@example.com/"}),
        ("types", {"types": []}),
        ("types", {"types": ["party.created", "nonsense"]}),
        ("types", {"types": ["*' OR 1=1"]}),
        ("secret", {"secret": "whsec_mine"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world: World, field: str, wrong: dict[str, Any]) -> None:
    refused = api_of(world, "admin").send("/webhooks", HOOK | wrong)
    assert (refused.status_code, list(refused.json()["fields"])) == (422, [field])
    assert WebhookEndpoint.objects.count() == 0


def test_a_test_its_delivery_and_another_try(world: World) -> None:
    api = api_of(world, "admin")
    with receiving(500) as peer:
        address = f"/webhooks/{api.send('/webhooks', HOOK | {'url': peer.url}).json()['id']}"
        sent = api.send(f"{address}/test")
        assert (sent.status_code, sent.json()["state"]) == (202, "pending")
        deliver_due()
        deliveries = api.read(f"{address}/deliveries?state=given-up").json()
        assert [one["id"] for one in deliveries["items"]] == [sent.json()["id"]]
        assert (deliveries["items"][0]["status"], deliveries["items"][0]["error"]) == (500, "status")
        peer.answer = 200
        again = api.send(f"{address}/deliveries/{sent.json()['id']}/retry")
        assert again.status_code == 202
        deliver_due()
    assert api.read(f"{address}/deliveries/{sent.json()['id']}").json()["state"] == "delivered"
    assert api.read(f"{address}/deliveries?state=lost").status_code == 422


def test_a_repeated_answer_tells_no_secret_and_says_so(world: World) -> None:
    api = api_of(world, "admin")
    body = {"url": "https://shop.example.com/hook"}
    first = api.send("/webhooks", body, Idempotency_Key="k1")
    secret = first.json()["secret"]
    again = api.send("/webhooks", body, Idempotency_Key="k1")
    assert (again.status_code, again["Idempotent-Replayed"]) == (201, "true")
    assert (again.json()["secret"], again.json()["id"]) == (None, first.json()["id"])
    assert again.json()["detail"].startswith("What is secret was told in the first answer only.")
    assert secret not in IdempotencyRecord.objects.get().body
    rolled = api.send(f"/webhooks/{first.json()['id']}/secret", Idempotency_Key="k2").json()["secret"]
    assert rolled not in IdempotencyRecord.objects.get(key="k2").body


def test_the_secret_is_rolled_and_the_past_replayed(world: World) -> None:
    api = api_of(world, "admin")
    made = api.send("/webhooks", HOOK).json()
    address = f"/webhooks/{made['id']}"
    rolled = api.send(f"{address}/secret").json()
    assert rolled["secret"] not in ("", made["secret"])
    since = (clock.now() - timedelta(hours=1)).isoformat()
    asked = api.send(f"{address}/replay", {"since": since})
    assert asked.status_code == 202
    assert Job.objects.get(name="webhooks.replay").id.hex == asked.json()["job"].replace("-", "")
    old = (clock.now() - timedelta(days=91)).isoformat()
    assert list(api.send(f"{address}/replay", {"since": old}).json()["fields"]) == ["since"]


def test_who_may_and_with_which_token(world: World) -> None:
    admin = api_of(world, "admin")
    address = f"/webhooks/{admin.send('/webhooks', HOOK).json()['id']}"
    reader = api_of(world, "admin", scopes=["webhook:read"])
    assert reader.read(address).status_code == 200
    for answer in (reader.send("/webhooks", HOOK), reader.change(address, {}), reader.remove(address)):
        assert (answer.status_code, answer.json()["scope"]) == (403, "webhook:write")
    assert reader.read("/events").json()["scope"] == "event:read"
    boss, agent = api_of(world, "boss"), api_of(world, "agent")
    assert (boss.read(address).status_code, boss.read("/events").status_code) == (200, 200)
    verbs = ("test", "secret", "replay")
    assert {boss.send(f"{address}/{verb}", {"since": "2026-01-01T00:00:00Z"}).status_code for verb in verbs} == {403}
    for path in ("/webhooks", address, f"{address}/deliveries", "/events"):
        assert agent.read(path).status_code == 403, path
    assert WebhookDelivery.objects.count() == 0


def test_a_program_polls_events_without_missing_or_repeating_one(world: World) -> None:
    api = api_of(world, "admin")
    relay_all()
    with clock.at(clock.now() + timedelta(seconds=5)):
        first = api.read("/events?limit=3&type=party.*").json()
        assert [event["type"] for event in first["items"]] == ["party.created"] * 3
        rest = api.read(f"/events?limit=200&type=party.*&cursor={first['next']}").json()
        ids = [event["id"] for event in first["items"] + rest["items"]]
        assert len(ids) == len(set(ids)) == OutboxEvent.objects.filter(type__startswith="party.").count()
        assert rest["next"] is None
        assert api.read(f"/events?type=party.*&after={ids[-1]}").json()["items"] == []
        api.send("/webhooks", HOOK)
    assert relay_batch() == 1
    assert api.read(f"/events?after={ids[-1]}&type=webhook.added").json()["items"] == []
    with clock.at(clock.now() + timedelta(seconds=5)):
        fresh = api.read(f"/events?after={ids[-1]}&type=webhook.added,task.*").json()["items"]
        assert [event["type"] for event in fresh] == ["webhook.added"]
        assert api.read("/events?since=2199-01-01T00:00:00Z").json()["count"] == 0


def relay_all() -> None:
    while relay_batch():
        pass


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("since=yesterday", 422),
        ("after=nonsense", 422),
        ("after=01a2019c-7fd7-7c53-bc80-8be9dfea212e", 400),
        ("type=%27", 400),
        ("type=" + quote("party.*,__class__"), 400),
        ("cursor=zzz", 400),
        ("limit=0", 422),
        ("kind=x", 400),
    ],
)
def test_nonsense_about_events_is_refused(world: World, query: str, status: int) -> None:
    assert api_of(world, "admin").read(f"/events?{query}").status_code == status
