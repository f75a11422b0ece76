"""Who sees and stops which work: everybody one's own, who looks after the firm everybody's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.events.models import FailedDelivery, OutboxEvent
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.services import enqueue
from filo.foundation.push.topics import may_listen
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
PAGES = ("", "/queues", "/list", "/set-aside", "/schedules", "/deliveries")


def asked_by(world: World, name: str) -> Job:
    return enqueue("push.forget_old_messages", principal=world.principal(name))


def test_ones_own_work_is_there_and_anothers_is_not(world: World, client_of: ClientOf) -> None:
    own, others = asked_by(world, "agent"), asked_by(world, "teammate")
    client = client_of("agent")
    page = client.get("/work").content.decode()
    assert str(own.id) in page
    assert str(others.id) not in page
    assert client.get(f"/work/{own.id}").status_code == 200
    for address in (f"/work/{others.id}", f"/work/{others.id}/state"):
        assert client.get(address).status_code == 404
    for verb in ("cancel", "start-again"):
        assert client.post(f"/work/{others.id}/{verb}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_everybodys_work_is_for_who_looks_after_the_firm(client_of: ClientOf, page: str) -> None:
    assert client_of("admin").get(f"/settings/work{page}").status_code == 200
    assert client_of("boss").get(f"/settings/work{page}").status_code == 200
    for name in ("agent", "manager", "inside", "researcher", "operator"):
        assert client_of(name).get(f"/settings/work{page}").status_code == 403


def test_management_looks_and_only_the_administrator_mends(world: World, client_of: ClientOf) -> None:
    made = asked_by(world, "agent")
    Job.objects.update(state=JobState.QUARANTINED, error="ValueError")
    group = {"name": made.name, "error": "ValueError"}
    boss = client_of("boss")
    assert "start-again" not in boss.get("/settings/work/set-aside").content.decode()
    assert boss.post("/settings/work/set-aside/start-again", group).status_code == 403
    assert boss.post("/settings/work/set-aside/drop", group).status_code == 403
    assert boss.post(f"/settings/work/schedules/{made.name}/run").status_code == 403
    assert boss.post(f"/work/{made.id}/start-again").status_code == 403
    assert boss.post("/settings/work/deliveries/again", {"delivery": "all"}).status_code == 403
    assert client_of("admin").post("/settings/work/set-aside/start-again", group).status_code == 302


def test_why_it_broke_is_for_who_looks_after_the_firm(world: World, client_of: ClientOf) -> None:
    made = asked_by(world, "agent")
    Job.objects.update(
        state=JobState.QUARANTINED, error="ValueError\n  filo/somewhere.py:3 in work", args={"to": "x@y.it"}
    )
    own = client_of("agent").get(f"/work/{made.id}").content.decode()
    assert "somewhere.py" not in own
    everything = client_of("admin").get(f"/work/{made.id}").content.decode()
    assert "somewhere.py" in everything
    assert "x@y.it" not in everything


def test_open_pages_hear_of_what_their_reader_may_see(world: World) -> None:
    made = asked_by(world, "agent")
    agent, stranger, admin = (world.principal(name) for name in ("agent", "stranger", "admin"))
    assert may_listen(agent, f"job:{made.id}")
    assert not may_listen(stranger, f"job:{made.id}")
    assert may_listen(agent, f"work-of:{agent.user_id}")
    assert not may_listen(admin, f"work-of:{agent.user_id}")
    assert (may_listen(admin, "work:all"), may_listen(agent, "work:all")) == (True, False)


def test_the_api_lists_stops_and_starts_again_by_scope(world: World) -> None:
    own, others = asked_by(world, "agent"), asked_by(world, "teammate")
    api = api_of(world, "agent", scopes=["job:read", "job:write"])
    assert [item["id"] for item in api.get("/api/v1/jobs").json()["items"]] == [str(own.id)]
    assert api.get(f"/api/v1/jobs/{others.id}").status_code == 404
    assert api_of(world, "agent", scopes=["party:read"]).get("/api/v1/jobs").status_code == 403
    assert api_of(world, "agent", scopes=["job:read"]).post(f"/api/v1/jobs/{own.id}/cancel").status_code == 403
    assert api.post(f"/api/v1/jobs/{own.id}/cancel").json()["state"] == "cancelled"
    assert api.post(f"/api/v1/jobs/{own.id}/cancel").status_code == 409
    started = api.post(f"/api/v1/jobs/{own.id}/retry")
    assert (started.status_code, started.json()["state"]) == (202, "ready")


def test_a_parked_delivery_is_handed_over_again(client_of: ClientOf) -> None:
    event = OutboxEvent.objects.order_by("-id").first()
    assert event is not None
    failed = FailedDelivery.objects.create(
        event=event,
        handler="filo.foundation.webhooks.handlers.keep_for_endpoints",
        attempts=8,
        next_at=event.time,
        parked_at=event.time,
        error="KeyError",
    )
    client = client_of("admin")
    page = client.get("/settings/work/deliveries").content.decode()
    assert "Webhook verso altri programmi" in page
    assert "handlers" not in page, "in words, not in the names of programmers"
    assert "Impostazioni" in page
    assert client.post("/settings/work/deliveries/again", {"delivery": failed.pk}).status_code == 302
    failed.refresh_from_db()
    assert (failed.parked_at, failed.attempts) == (None, 0)
    assert client.post("/settings/work/deliveries/again", {"delivery": "x"}).status_code == 400
