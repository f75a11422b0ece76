"""Notices reach browsers: sealed, signed, once, outside of the quiet hours, and none that was read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from ipaddress import ip_network

import pytest
from pytest_django import Settings

from filo.foundation import clock
from filo.foundation.jobs.errors import TryAgain
from filo.foundation.jobs.models import Job
from filo.foundation.notices.models import Browser, PushKey
from filo.foundation.notices.services.browsers import allow_browser, push_due, show
from filo.foundation.notices.services.choosing import choose
from filo.foundation.notices.services.reading import read_all, snooze, wake_due
from filo.foundation.notices.services.telling import PUSH_AFTER
from filo.foundation.notices.tests.giving import give, only_notice
from filo.foundation.notices.tests.push_service import PushService, Reader, push_service
from filo.foundation.notices.webpush.keys import public_key
from filo.testing.clients import CheckedClient
from filo.testing.world import World

NIGHT = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)  # half past ten in Rome
SOON = PUSH_AFTER + timedelta(seconds=1)


@pytest.fixture
def service(settings: Settings) -> Iterator[PushService]:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.1/32")]
    with push_service() as found:
        yield found


def allowed(world: World, service: PushService, reader: Reader, name: str = "agent") -> Browser:
    return allow_browser(
        world.principal(name), endpoint=f"{service.origin}/to/{name}", label="Firefox, Linux", **reader.keys()
    )


def given_by(reader: Reader, endpoint: str) -> dict[str, str]:
    keys = reader.keys()
    return {"endpoint": endpoint, "p256dh": keys["p256dh"], "auth": keys["auth"]}


def sent() -> list[str]:
    """Hand out what is due, and do what was handed out."""
    push_due()
    return [done(job) for job in Job.objects.filter(name="notices.show_in_browser").order_by("created_at", "id")]


def done(job: Job) -> str:
    result = show(job.args["browser"], job.args["notices"])
    job.delete()
    return result


def test_it_arrives_sealed_and_signed_for_who_may_read_it(world: World, service: PushService) -> None:
    reader = Reader()
    browser = allowed(world, service, reader)
    before = datetime.now(tz=UTC)
    give(world, "own", "agent")
    assert sent() == []
    with clock.at(clock.now() + SOON):
        assert sent() == ["taken"]
        assert sent() == []
    (told,) = service.told
    content = json.loads(reader.opened(told.body))
    assert content["body"] == "Manager ti ha affidato un cliente: Lanificio Bassi S.r.l."
    assert content["url"] == f"/parties/{world.parties['own'].id}#notice={only_notice().pk}"
    claims = told.claims()
    assert (claims["aud"], claims["sub"], claims["k"]) == (service.origin, "mailto:filo@localhost", public_key())
    assert before < datetime.fromtimestamp(claims["exp"], tz=UTC) < before + timedelta(days=1)
    heads = {name: told.headers[name] for name in ("ttl", "urgency", "content-encoding")}
    assert heads == {"ttl": "86400", "urgency": "normal", "content-encoding": "aes128gcm"}
    assert len(told.headers["topic"]) == 32
    assert b"Lanificio" not in told.body
    browser.refresh_from_db()
    assert browser.reached_at is not None


def test_what_was_read_on_the_page_is_not_shown(world: World, service: PushService) -> None:
    allowed(world, service, Reader())
    give(world, "own", "agent")
    read_all(world.principal("agent"))
    with clock.at(clock.now() + SOON):
        assert sent() == []
    give(world, "shared", "agent")
    with clock.at(clock.now() + SOON):
        push_due()
        read_all(world.principal("agent"))
        assert sent() == ["read"]
    assert service.told == []


def test_one_matter_is_shown_once(world: World, service: PushService) -> None:
    allowed(world, service, Reader())
    give(world, "own", "agent")
    with clock.at(clock.now() + SOON):
        assert sent() == ["taken"]
        give(world, "own", "agent")
    with clock.at(clock.now() + 2 * SOON):
        assert sent() == []


def test_after_the_quiet_hours_comes_one_for_all(world: World, service: PushService) -> None:
    reader = Reader()
    allowed(world, service, reader)
    choose(
        world.principal("agent"),
        by_mail=(),
        by_browser=("party.given",),
        quiet_from=time(22),
        quiet_until=time(7),
        quiet_days=range(7),
        digest="none",
    )
    with clock.at(NIGHT):
        give(world, "own", "agent")
        give(world, "shared", "agent")
    with clock.at(NIGHT + timedelta(hours=1)):
        assert sent() == []
    with clock.at(datetime(2026, 11, 24, 6, 0, tzinfo=UTC)):
        assert sent() == ["taken"]
    content = json.loads(reader.opened(service.told[0].body))
    assert (content["body"], content["url"]) == ("2 avvisi per te", "/notices")


def test_what_was_put_off_is_shown_when_it_comes_back(world: World, service: PushService) -> None:
    allowed(world, service, Reader())
    give(world, "own", "agent")
    snooze(world.principal("agent"), only_notice().pk, until="hour")
    with clock.at(clock.now() + timedelta(minutes=59)):
        assert (wake_due(), sent()) == (0, [])
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert wake_due() == 1
    with clock.at(clock.now() + timedelta(minutes=62)):
        assert sent() == ["taken"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(world: World, service: PushService, status: int) -> None:
    allowed(world, service, Reader())
    service.status = status
    give(world, "own", "agent")
    with clock.at(clock.now() + SOON):
        assert sent() == ["gone"]
    assert not Browser.objects.exists()


@pytest.mark.parametrize(("status", "pause"), [(429, timedelta(seconds=120)), (503, timedelta(seconds=120))])
def test_a_service_that_cannot_now_is_asked_again(
    world: World, service: PushService, status: int, pause: timedelta
) -> None:
    allowed(world, service, Reader())
    service.status, service.headers = status, {"Retry-After": "120"}
    give(world, "own", "agent")
    with clock.at(clock.now() + SOON):
        with pytest.raises(TryAgain) as raised:
            sent()
        assert raised.value.after == pause
        service.status = 201
        assert sent() == ["taken"]


def test_a_kind_that_one_does_not_want_in_browsers_is_not_shown(world: World, service: PushService) -> None:
    allowed(world, service, Reader())
    facts = {"quiet_from": None, "quiet_until": None, "quiet_days": (), "digest": "none"}
    choose(world.principal("agent"), by_mail=(), by_browser=(), **facts)  # type: ignore[arg-type]
    give(world, "own", "agent")
    with clock.at(clock.now() + SOON):
        assert sent() == []


def test_a_browser_is_allowed_and_taken_back_on_the_page(world: World, client_of: Callable[..., CheckedClient]) -> None:
    agent, reader = client_of("agent"), Reader()
    assert agent.post("/me/notices/browsers/key").json() == {"key": public_key()}
    given = given_by(reader, "https://push.example.org/x")
    heads = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"}
    page = agent.post("/me/notices/browsers", given, headers=heads, follow=True).content.decode()
    assert "Firefox, Linux" in page
    browser = Browser.objects.get()
    assert client_of("boss").post(f"/me/notices/browsers/{browser.pk}/remove").status_code == 404
    allow_browser(world.principal("boss"), label="", **given)
    assert Browser.objects.get().person_id == world.people["boss"].id
    assert client_of("boss").post(f"/me/notices/browsers/{browser.pk}/remove").status_code == 302
    assert not Browser.objects.exists()


@pytest.mark.parametrize("endpoint", ["http://push.example.org/x", "http://127.0.0.1/x", "https://u:p@x.org/", "x"])
def test_an_address_that_is_no_push_service_is_refused(
    world: World, client_of: Callable[..., CheckedClient], endpoint: str
) -> None:
    given = given_by(Reader(), endpoint)
    assert client_of("agent").post("/me/notices/browsers", given).status_code == 422


def test_a_private_network_is_never_called(world: World) -> None:
    with push_service() as service:  # nobody named this machine in FILO_EGRESS_ALLOW
        given = given_by(Reader(), f"https://127.0.0.1:{service.port}/x")
        browser = allow_browser(world.principal("agent"), label="", **given)
        give(world, "own", "agent")
        assert show(browser.pk, [only_notice().pk]) == "refused"
        assert service.told == []


def test_with_another_key_of_the_house_a_new_one_is_made_and_browsers_are_asked_anew(
    world: World, settings: Settings
) -> None:
    first = public_key()
    assert public_key() == first
    given = given_by(Reader(), "https://push.example.org/x")
    allow_browser(world.principal("agent"), label="", **given)
    settings.SECRET_KEY = "another-key-that-nobody-knows-0123456789"
    assert public_key() != first
    assert (PushKey.objects.count(), Browser.objects.count()) == (1, 0)


def test_the_worker_is_a_script_that_anybody_may_fetch(client_of: Callable[..., CheckedClient]) -> None:
    answer = client_of("agent").get("/worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "showNotification" in answer.content.decode()
