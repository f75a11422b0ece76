"""The bell, the page of notices and one's choices, as a person sees them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from filo.foundation import clock
from filo.foundation.notices.models import Notice, NoticeRhythm
from filo.foundation.notices.tests.giving import give, only_notice
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]


def text_of(client: CheckedClient, address: str) -> str:
    return str(client.get(address).content.decode())


def test_the_bell_counts_what_waits_and_the_page_tells_it(world: World, client_of: ClientOf) -> None:
    agent = client_of("agent")
    assert "Avvisi: niente di nuovo" in text_of(agent, "/tasks")
    assert "Niente da dirti" in text_of(agent, "/notices")
    give(world, "own", "agent")
    give(world, "shared", "agent")
    assert "Avvisi: 2 non letti" in text_of(agent, "/tasks")
    for address in ("/notices", "/notices/latest"):
        assert "Manager ti ha affidato un cliente: Lanificio Bassi S.r.l." in text_of(agent, address)
    assert "Manager ti ha affidato" not in text_of(client_of("teammate"), "/notices")


def test_reading_one_and_all_can_be_taken_back(world: World, client_of: ClientOf) -> None:
    agent = client_of("agent")
    give(world, "own", "agent")
    give(world, "shared", "agent")
    notice = Notice.objects.order_by("at").first()
    assert notice is not None
    assert agent.post(f"/notices/{notice.id}/read", headers={"X-Filo-Quiet": "1"}).status_code == 204
    assert "Avvisi: 1 non letto" in text_of(agent, "/notices")
    agent.post(f"/notices/{notice.id}/unread")
    assert "Avvisi: 2 non letti" in text_of(agent, "/notices")
    page = agent.post("/notices/read-all", follow=True).content.decode()
    assert "2 avvisi letti" in page
    undo = page.split('action="/notices/unread-all')[1].split('"')[0].replace("&amp;", "&")
    agent.post(f"/notices/unread-all{undo}")
    assert "Avvisi: 2 non letti" in text_of(agent, "/notices")


def test_what_is_put_off_stands_apart(world: World, client_of: ClientOf) -> None:
    agent = client_of("agent")
    give(world, "own", "agent")
    notice = Notice.objects.get()
    agent.post(f"/notices/{notice.id}/snooze", {"until": "tomorrow"})
    assert "Lanificio" not in text_of(agent, "/notices")
    assert "Lanificio" in text_of(agent, "/notices?view=put-off")
    agent.post(f"/notices/{notice.id}/wake")
    assert "Lanificio" in text_of(agent, "/notices")


def test_a_strangers_notice_is_not_there(world: World, client_of: ClientOf) -> None:
    give(world, "own", "agent")
    notice = Notice.objects.get()
    for act in ("read", "snooze", "wake"):
        assert client_of("boss").post(f"/notices/{notice.id}/{act}", {"until": "hour"}).status_code == 404


def test_choices_are_kept_and_half_quiet_hours_refused(world: World, client_of: ClientOf) -> None:
    agent = client_of("agent")
    chosen = {"by_mail": ["task.due"], "quiet_days": ["0", "4"], "digest": "weekly", "quiet_from": "20:00"}
    refused = agent.post("/me/notices", chosen)
    assert refused.status_code == 422
    assert "Le ore di silenzio hanno un inizio e una fine." in refused.content.decode()
    assert agent.post("/me/notices", chosen | {"quiet_until": "07:30"}).status_code == 302
    kept = NoticeRhythm.objects.get()
    assert (str(kept.quiet_from), str(kept.quiet_until), kept.quiet_days) == ("20:00:00", "07:30:00", [0, 4])
    assert 'value="20:00"' in text_of(agent, "/me/notices")


def test_the_api_lists_and_reads(world: World, client_of: ClientOf) -> None:
    give(world, "own", "agent")
    api = api_of(world, "agent", language="en")
    found = api.read("/notices").json()
    assert [one["sentence"] for one in found["items"]] == ["Manager gave you a customer: Lanificio Bassi S.r.l."]
    read = api.send(f"/notices/{found['items'][0]['id']}/read").json()
    assert read["read_at"] is not None
    reader = api_of(world, "agent", scopes=["party:read"])
    assert reader.send(f"/notices/{read['id']}/read").status_code == 403
    assert api_of(world, "agent", scopes=["task:read"]).read("/notices").json()["items"] == []


def test_it_is_put_off_until_a_moment_of_ones_own(world: World, client_of: ClientOf) -> None:
    agent = client_of("agent")
    give(world, "own", "agent")
    notice = only_notice()
    with clock.at(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
        page = text_of(agent, "/notices")
        assert "Stasera" in page
        refused = agent.post(f"/notices/{notice.id}/snooze", {"until": "at", "at": "2026-11-23T09:00"})
        assert refused.status_code == 422
        assert agent.post(f"/notices/{notice.id}/snooze", {"until": "at", "at": "soon"}).status_code == 422
        agent.post(f"/notices/{notice.id}/snooze", {"until": "at", "at": "2026-11-25T15:30"})
        assert only_notice().snoozed_until == datetime(2026, 11, 25, 14, 30, tzinfo=UTC)  # Rome is an hour ahead
        agent.post(f"/notices/{notice.id}/snooze", {"until": "evening"})
        assert only_notice().snoozed_until == datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    with clock.at(datetime(2026, 11, 24, 17, 30, tzinfo=UTC)):
        assert "Stasera" not in text_of(agent, "/notices")
        assert agent.post(f"/notices/{notice.id}/snooze", {"until": "evening"}).status_code == 422


def test_under_the_bell_it_is_done_and_put_off_in_place_with_a_way_back(world: World, client_of: ClientOf) -> None:
    agent, htmx = client_of("agent"), {"HX-Request": "true"}
    give(world, "own", "agent")
    notice = only_notice()
    panel = agent.post(f"/notices/{notice.id}/snooze", {"until": "hour"}, headers=htmx).content.decode()
    assert "Lanificio" not in panel
    assert f"/notices/{notice.id}/wake" in panel
    assert "Lanificio" in agent.post(f"/notices/{notice.id}/wake", headers=htmx).content.decode()
    panel = agent.post(f"/notices/{notice.id}/read", headers=htmx).content.decode()
    assert "Lanificio" not in panel
    assert "Lanificio" in agent.post(f"/notices/{notice.id}/unread", headers=htmx).content.decode()


def test_the_api_puts_off_and_takes_back(world: World) -> None:
    give(world, "own", "agent")
    api, notice = api_of(world, "agent", language="en"), only_notice()
    later = api.send(f"/notices/{notice.id}/snooze", {"until": "at", "at": "2099-01-01T08:00:00Z"})
    assert later.status_code == 422
    later = api.send(f"/notices/{notice.id}/snooze", {"until": "week"})
    assert later.json()["snoozed_until"] is not None
    assert api.send(f"/notices/{notice.id}/wake").json()["snoozed_until"] is None
    api.send(f"/notices/{notice.id}/read")
    assert api.send(f"/notices/{notice.id}/unread").json()["read_at"] is None
    assert api_of(world, "teammate").send(f"/notices/{notice.id}/wake").status_code == 404
    reader = api_of(world, "agent", scopes=["party:read"])
    assert reader.send(f"/notices/{notice.id}/snooze", {"until": "hour"}).status_code == 403
