"""Open pages hear what changed: in time, from any process, only what they may, once, and after an absence."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from filo.testing.redis_server import own_redis
from filo.testing.served import Served, served, until

ROSSI, BIANCHI = "rossi", "bianchi"
GIVEN_REDIS = os.environ.get("FILO_TEST_REDIS", "")
IMPORT = "from filo.foundation.push.services import publish"
CHANGE = IMPORT + "\npublish('party:{}', 'changed', version={})"

DROP_CONNECTIONS = """
from django.db import connection
if connection.vendor == "postgresql":
    with connection.cursor() as cursor:
        own = "datname = current_database() AND pid <> pg_backend_pid()"
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + own)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("live")) as running:
        yield running


def test_a_page_of_another_site_is_refused(site: Served) -> None:
    cookie = site.sign_in("anna", ROSSI)
    for origin in (
        "https://evil.example",
        "http://localhost:1",
        f"https://localhost:{site.port}",
        "null",
        None,
    ):
        assert _refusal(site, cookie, origin) == 403
    assert _refusal(site, cookie, f"http://localhost:{site.port}", path="/ws/other") == 403


def test_the_sites_own_address_is_welcome(site: Served) -> None:
    cookie = site.sign_in("anna", ROSSI)
    for origin in (f"http://localhost:{site.port}", "http://crm.example.it", "http://crm.example.it:80"):
        with _open(site, cookie, origin=origin) as page:
            assert _listen(page, ROSSI)["kind"] == "listening"


@pytest.mark.parametrize("cookie", ["", "filo-session=unknown", "filo-session=../../x"])
def test_without_a_session_it_closes_with_4401(site: Served, cookie: str) -> None:
    with _open(site, cookie) as page:
        assert _closed_with(page) == 4401


def test_a_change_made_by_another_process_arrives_within_two_seconds(site: Served) -> None:
    with _open(site, site.sign_in("anna", ROSSI)) as page:
        _listen(page, ROSSI)
        site.python(f"import time\n{CHANGE.format(ROSSI, 7)}\nprint(time.time(), file=open('{site.log}.at', 'w'))")
        heard = _next(page)
        late = time.time() - float(site.log.with_name("log.at").read_text())
    assert (heard["topic"], heard["kind"], heard["data"]) == ("party:rossi", "changed", {"version": 7})
    assert late < 2


def test_a_change_made_in_the_same_process_arrives_at_once_and_names_its_page(site: Served) -> None:
    with _open(site, site.sign_in("anna", ROSSI)) as page:
        _listen(page, ROSSI)
        start = time.monotonic()
        site.get(f"/change?party={ROSSI}&version=8", X_Filo_Page="page-1")
        assert _next(page)["data"] == {"version": 8, "by": "page-1"}
        assert time.monotonic() - start < 10


def test_nobody_hears_of_a_party_they_may_not_see(site: Served) -> None:
    with _open(site, site.sign_in("anna", ROSSI)) as page:
        _listen(page, ROSSI, BIANCHI)
        site.get(f"/change?party={BIANCHI}&version=1")
        site.get(f"/change?party={ROSSI}&version=2")
        assert _next(page)["topic"] == "party:rossi"


def test_a_right_that_was_taken_away_is_gone_for_the_next_message(site: Served) -> None:
    cookie = site.sign_in("anna", f"{ROSSI}%20{BIANCHI}")
    with _open(site, cookie) as page:
        _listen(page, ROSSI, BIANCHI)
        site.get(f"/sign-in?name=anna&sees={ROSSI}", Cookie=cookie)
        _wait(1.1)  # rights may be remembered for a second
        site.get(f"/change?party={BIANCHI}&version=1")
        site.get(f"/change?party={ROSSI}&version=3")
        assert _next(page)["topic"] == "party:rossi"


def test_a_revoked_session_ends_its_sockets_within_a_second(site: Served) -> None:
    cookie = site.sign_in("anna", ROSSI)
    with _open(site, cookie) as page:
        _listen(page, ROSSI)
        site.get("/sign-out", Cookie=cookie)
        start = time.monotonic()
        assert _closed_with(page) == 4401
        assert time.monotonic() - start < 5  # a second, and a machine that has other work


def test_what_was_missed_is_told_once_after_a_reconnect(site: Served) -> None:
    cookie = site.sign_in("anna", ROSSI)
    with _open(site, cookie) as page:
        _listen(page, ROSSI)
        site.get(f"/change?party={ROSSI}&version=10")
        last = _next(page)["id"]
    for version in range(11, 31):
        site.get(f"/change?party={ROSSI}&version={version}")
    with _open(site, cookie) as page:
        _ask(page, [ROSSI], since=last)
        for version in range(31, 41):
            site.get(f"/change?party={ROSSI}&version={version}")
        heard = _until_version(page, 40)
    assert [message["data"]["version"] for message in heard] == list(range(11, 41))


def test_a_page_just_rendered_hears_what_changed_meanwhile(site: Served) -> None:
    cookie = site.sign_in("anna", "verdi")
    site.get("/change?party=verdi&version=1")
    with _open(site, cookie) as page:
        _ask(page, ["verdi"], since=None)
        assert _next(page)["data"] == {"version": 1, "by": None}


def test_a_page_that_was_away_too_long_is_told_to_begin_anew(site: Served) -> None:
    forget = "from filo.foundation.push.services import forget_old\nforget_old(hours=0)"
    cookie = site.sign_in("anna", ROSSI)
    site.get(f"/change?party={ROSSI}&version=1")
    site.get(f"/change?party={ROSSI}&version=2")
    site.get(f"/change?party={ROSSI}&version=3")  # the newest is kept: what came between is gone
    site.python(forget)
    with _open(site, cookie) as page:
        _ask(page, [ROSSI], since=1)
        assert _next(page) == {"kind": "reset"}


def test_no_message_is_lost_or_doubled_while_many_write(site: Served) -> None:
    write = "\n".join(
        [
            "from concurrent.futures import ThreadPoolExecutor as Pool",
            "from filo.foundation.push.services import publish",
            f"list(Pool(6).map(lambda n: publish('party:{ROSSI}', 'many', version=n), range(300)))",
        ]
    )
    with _open(site, site.sign_in("anna", ROSSI)) as page:
        _listen(page, ROSSI)
        site.python(write)
        heard = [_next(page) for _ in range(300)]
    assert sorted(message["data"]["version"] for message in heard) == list(range(300))


def test_pages_go_on_after_the_database_dropped_every_connection(site: Served) -> None:
    with _open(site, site.sign_in("anna", ROSSI)) as page:
        _listen(page, ROSSI)
        site.python(DROP_CONNECTIONS)
        _wait(0.1)
        assert site.get("/hello").body == b"hello"
        site.python(CHANGE.format(ROSSI, 60))
        assert _next(page)["data"] == {"version": 60}


@pytest.mark.redis
@pytest.mark.skipif(not (GIVEN_REDIS or shutil.which("redis-server")), reason="apt install redis-server")
def test_redis_wakes_the_pages_of_all_processes(tmp_path: Path) -> None:
    with _redis() as address, served(tmp_path, REDIS_URL=address) as site:
        with _open(site, site.sign_in("anna", ROSSI)) as page:
            _listen(page, ROSSI)
            site.python(CHANGE.format(ROSSI, 1))
            assert _next(page)["data"] == {"version": 1}
        assert site.log.read_text() == ""


@pytest.mark.redis
@pytest.mark.skipif(not shutil.which("redis-server"), reason="apt install redis-server")
def test_pages_are_told_also_when_redis_has_gone(tmp_path: Path) -> None:
    with (
        own_redis() as (address, server),
        served(tmp_path, REDIS_URL=address) as site,
        _open(site, site.sign_in("anna", ROSSI)) as page,
    ):
        _listen(page, ROSSI)
        site.python(CHANGE.format(ROSSI, 1))
        assert _next(page)["data"] == {"version": 1}
        server.kill()
        server.wait()
        site.python(CHANGE.format(ROSSI, 2))
        assert _next(page)["data"] == {"version": 2}


@pytest.mark.parametrize(
    "request_", ["nonsense", '{"listen": "party:x"}', '{"listen": [], "since": "x"}', f'"{"x" * 40_000}"']
)
def test_a_request_that_makes_no_sense_closes_the_socket(site: Served, request_: str) -> None:
    with _open(site, site.sign_in("anna", ROSSI)) as page:
        page.send(request_)
        assert _closed_with(page) == 4400


def test_a_page_that_reads_slowly_does_not_hold_up_another(site: Served) -> None:
    many = f"{IMPORT}\nfor n in range(600): publish('party:{ROSSI}', 'x' * 50)"
    cookie = site.sign_in("anna", ROSSI)
    with _open(site, cookie) as page, _open(site, cookie) as other:
        _listen(page, ROSSI)
        _listen(other, ROSSI)
        site.python(many)
        assert [_next(other)["kind"] for _ in range(600)] == ["x" * 50] * 600


def test_a_page_knows_after_which_message_it_was_made(site: Served) -> None:
    cookie = site.sign_in("anna", ROSSI)
    site.get(f"/change?party={ROSSI}&version=50")
    since = int(site.get("/since", Cookie=cookie, Accept="text/html").body)
    site.get(f"/change?party={ROSSI}&version=51")
    with _open(site, cookie) as page:
        _ask(page, [ROSSI], since=since)
        assert _next(page)["data"]["version"] == 51
    assert site.get("/since", Cookie=cookie, Accept="text/html", HX_Request="true").body == b"none"


def test_the_server_saw_no_fault(site: Served) -> None:
    assert "Traceback" not in site.log.read_text()


@contextlib.contextmanager
def _open(site: Served, cookie: str, *, origin: str | None = "", path: str = "/ws/live") -> Iterator[ClientConnection]:
    with connect(
        f"ws://localhost:{site.port}{path}",
        origin=origin if origin != "" else f"http://localhost:{site.port}",  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie} if cookie else {},
        open_timeout=30,
        close_timeout=1,
        max_queue=2000,
    ) as page:
        yield page


def _refusal(site: Served, cookie: str, origin: str | None, *, path: str = "/ws/live") -> int:
    with pytest.raises(InvalidStatus) as refused, _open(site, cookie, origin=origin, path=path):
        pass
    return refused.value.response.status_code


def _ask(page: ClientConnection, parties: list[str], *, since: int | None) -> None:
    page.send(json.dumps({"listen": [f"party:{party}" for party in parties], "since": since}))


def _listen(page: ClientConnection, *parties: str) -> dict[str, Any]:
    """Listen from now on: what the look-back tells of earlier changes is passed over."""
    _ask(page, list(parties), since=None)
    while (told := _receive(page))["kind"] != "listening":
        pass
    return told


def _next(page: ClientConnection) -> dict[str, Any]:
    while (told := _receive(page))["kind"] in ("listening", "ping"):
        pass
    return told


def _until_version(page: ClientConnection, version: int) -> list[dict[str, Any]]:
    heard = [_next(page)]
    while heard[-1]["data"]["version"] != version:
        heard.append(_next(page))
    return heard


def _receive(page: ClientConnection) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(page.recv(timeout=20))
    return told


def _closed_with(page: ClientConnection) -> int:
    with pytest.raises(ConnectionClosed) as closed:
        _receive_for_ever(page)
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def _receive_for_ever(page: ClientConnection) -> None:
    while True:
        page.recv(timeout=20)


@contextlib.contextmanager
def _redis() -> Iterator[str]:
    if GIVEN_REDIS:
        yield GIVEN_REDIS
        return
    with own_redis() as (address, _server):
        yield address


def _wait(seconds: float) -> None:
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() > end, seconds=seconds + 1)
