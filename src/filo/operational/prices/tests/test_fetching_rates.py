"""Rates come from the address in the settings; without one nobody is called; a failure is told once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from pytest_django.fixtures import Settings

from filo.foundation.jobs.models import Job
from filo.foundation.notices.models import Notice
from filo.operational.prices.models import ExchangeRate, RateSource
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.services.fetching import fetch_rates, save_source
from filo.testing.clients import CheckedClient
from filo.testing.world import World

DAILY = b"""<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time="2026-11-27">
<Cube currency="USD" rate="1.0870"/><Cube currency="GBP" rate="0.8421"/></Cube></Cube></gesmes:Envelope>"""


class Bank:
    """A server on this machine that answers as it is told."""

    status, body, asked = 200, DAILY, 0
    url = ""


@pytest.fixture
def bank(settings: Settings) -> Iterator[Bank]:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    found = Bank()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked += 1
            self.send_response(found.status)
            self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_address[1]}/eurofxref-daily.xml"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def test_without_an_address_nobody_is_called(world: World, bank: Bank) -> None:
    assert fetch_rates() == 0
    save_source(world.principal("admin"), bank.url)
    save_source(world.principal("admin"), "")
    assert (fetch_rates(), bank.asked) == (0, 0)


def test_rates_of_the_day_come_in_once(world: World, bank: Bank) -> None:
    save_source(world.principal("admin"), bank.url)
    assert (fetch_rates(), fetch_rates(), bank.asked) == (2, 0, 2)
    assert {str(one) for one in ExchangeRate.objects.all()} == {
        "GBP 2026-11-27: 0.842100",
        "USD 2026-11-27: 1.087000",
    }
    source = RateSource.objects.get()
    assert source.asked_at is not None
    assert source.failures == 0


@pytest.mark.parametrize(("status", "body"), [(503, b""), (200, b"<html>maintenance</html>"), (302, b"")])
def test_a_failure_is_a_notice_to_who_governs_and_known_rates_stay(
    world: World, bank: Bank, status: int, body: bytes
) -> None:
    save_source(world.principal("admin"), bank.url)
    fetch_rates()
    bank.status, bank.body = status, body
    assert (fetch_rates(), fetch_rates()) == (0, 0)
    assert ExchangeRate.objects.count() == 2
    assert RateSource.objects.get().failures == 2
    assert [one.person_id for one in Notice.objects.filter(kind="rates.failed")] == [world.people["admin"].pk]
    bank.status, bank.body = 200, DAILY
    fetch_rates()
    assert (RateSource.objects.get().failures, RateSource.objects.get().failed_because) == (0, "")


def test_the_address_is_typed_in_the_settings_and_a_wrong_one_stays_in_the_form(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    client = client_of("admin")
    answer = client.post("/settings/prices/source", {"url": "ftp://bank.example/rates"})
    assert answer.status_code == 422
    assert 'value="ftp://bank.example/rates"' in answer.content.decode()
    typed = {"url": "https://bank.example/r.xml", "try": "1", "version": version_of("")}
    assert client.post("/settings/prices/source", typed).status_code == 302
    assert RateSource.objects.get().url == "https://bank.example/r.xml"
    assert Job.objects.filter(name="prices.fetch_rates").exists()
    assert client_of("agent").post("/settings/prices/source", {"url": ""}).status_code == 403
