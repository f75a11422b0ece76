"""Filo calls the public web and nothing else: whatever the address is called, wherever it leads, however it answers."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address, ip_network

import pytest
from pytest_django import Settings

from filo.foundation.egress import EgressFailed, EgressRefused, Resolver, call, check_url, is_allowed

Talk = Callable[[socket.socket], None]


class Listener:
    """Counts who comes, and talks to them as it is told."""

    def __init__(self, talk: Talk) -> None:
        self.connections = 0
        self.heard: list[bytes] = []
        listener = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                listener.connections += 1
                try:
                    self.request.settimeout(10)
                    listener.heard.append(self.request.recv(65536))
                    talk(self.request)
                except OSError:
                    pass  # the caller has gone, as it should

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]


@contextmanager
def listening(talk: Talk) -> Iterator[Listener]:
    listener = Listener(talk)
    thread = threading.Thread(target=listener.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        listener.server.shutdown()
        listener.server.server_close()


def well(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


@pytest.fixture
def own_machine(settings: Settings) -> None:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.1/32")]


PRIVATE = [
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[::1]:PORT/",
    "http://[::]:PORT/",
    "http://[64:ff9b::7f00:1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://2130706433:PORT/",
    "http://0x7f000001:PORT/",
    "http://0x7f.1:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://127.1:PORT/",
    "http://0.0.0.0:PORT/",
    "http://0:PORT/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://224.0.0.1/",
    "http://[fe80::1]/",
    "http://127.0.0.1.:PORT/",
    "http://①②⑦.0.0.1:PORT/",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_nobody_inside_is_called_however_he_is_written(address: str) -> None:
    with listening(well) as inside:
        with pytest.raises((EgressRefused, EgressFailed)) as refused:
            call("GET", address.replace("PORT", str(inside.port)))
        assert inside.connections == 0
    reason = getattr(refused.value, "reason", "")
    assert reason in ("private", "unreadable", "unknown-host")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://example.com/", "not-http"),
        ("file:///etc/passwd", "not-http"),
        ("gopher://example.com/", "not-http"),
        ("javascript:alert(1)", "not-http"),
        ("example.com", "not-http"),
        ("", "not-http"),
        ("http://user:word@example.com/", "credentials"),
        ("http://user@example.com/", "credentials"),
        ("http://example.com@127.0.0.1/", "credentials"),
        ("http://", "unreadable"),
        ("http:///x", "unreadable"),
        ("http://example.com:99999/", "unreadable"),
        ("http://example.com/\r\nHost: x", "unreadable"),
        ("http://exa mple.com/", "unreadable"),
        ("http://example.com\\@127.0.0.1/", "credentials"),
        ("http://example.com/" + "x" * 2000, "unreadable"),
    ],
)
def test_what_is_no_plain_address_of_the_web_is_refused_with_a_sentence(address: str, reason: str) -> None:
    with pytest.raises(EgressRefused) as refused:
        check_url(address)
    assert refused.value.reason == reason
    assert str(refused.value).endswith(".")


def _leads_to(found: list[str]) -> Resolver:
    return lambda _host, _port: found


def test_a_name_is_judged_by_all_that_it_leads_to(own_machine: None, settings: Settings) -> None:
    settings.EGRESS_ALLOW = []
    with listening(well) as inside:
        for found in (["93.184.216.34", "127.0.0.1"], ["127.0.0.1"], ["2606:2800:220:1::1", "::ffff:127.0.0.1"]):
            with pytest.raises(EgressRefused):
                call("GET", f"http://both.example:{inside.port}/", resolve=_leads_to(found))
        assert inside.connections == 0


def test_a_name_is_looked_up_once_and_dialled_as_it_was_judged(own_machine: None) -> None:
    """A resolver that says something else the second time is not asked a second time."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    with listening(well) as peer:
        address = f"http://rebind.example:{peer.port}/x?y=1"
        assert call("GET", address, resolve=lambda _host, _port: next(answers)).body == b"ok"
        assert peer.heard[0].startswith(b"GET /x?y=1 HTTP/1.1\r\n")
        assert f"host: rebind.example:{peer.port}".encode() in peer.heard[0].lower()
    assert next(answers) == ["169.254.169.254"]


def test_a_redirect_is_an_answer_and_not_followed(own_machine: None) -> None:
    with listening(well) as inside:

        def redirect(line: socket.socket) -> None:
            place = f"http://127.0.0.1:{inside.port}/"
            line.sendall(f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode())

        with listening(redirect) as peer:
            assert call("POST", f"http://127.0.0.1:{peer.port}/", content=b"{}").status == 302
        assert inside.connections == 0


def test_proxies_of_the_environment_are_not_used(own_machine: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(well) as peer, listening(well) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        call("GET", f"http://127.0.0.1:{peer.port}/")
        assert (peer.connections, proxy.connections) == (1, 0)


def test_of_a_large_answer_only_the_beginning_is_read(own_machine: None) -> None:
    def much(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n")
        for _ in range(160):
            line.sendall(b"x" * 65536)

    with listening(much) as peer:
        answer = call("GET", f"http://127.0.0.1:{peer.port}/")
    assert (len(answer.body), answer.is_whole) == (1024 * 1024, False)


def drip(line: socket.socket) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"s" * 400:
        line.sendall(bytes([byte]))
        time.sleep(0.02)


def hang(line: socket.socket) -> None:
    line.recv(1)


@pytest.mark.parametrize("talk", [drip, hang])
def test_who_takes_too_long_is_left_however_busily_he_drips(
    own_machine: None, monkeypatch: pytest.MonkeyPatch, talk: Talk
) -> None:
    monkeypatch.setattr("filo.foundation.egress.TOTAL_SECONDS", 0.4)
    with listening(talk) as peer:
        began = time.monotonic()
        with pytest.raises(EgressFailed) as failed:
            call("GET", f"http://127.0.0.1:{peer.port}/")
        assert time.monotonic() - began < 6
    assert failed.value.reason == "too-slow"


def test_a_resolver_that_hangs_is_left_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.foundation.egress.TOTAL_SECONDS", 0.2)
    release = threading.Event()
    with pytest.raises(EgressFailed) as failed:
        call("GET", "http://slow.example/", resolve=lambda _host, _port: [str(release.wait(10))])
    release.set()
    assert failed.value.reason == "too-slow"


def test_who_does_not_answer_properly_is_told_apart(own_machine: None) -> None:
    with listening(lambda line: line.sendall(b"220 mail ready\r\n")) as peer:
        port = peer.port
        with pytest.raises(EgressFailed) as garbled:
            call("GET", f"http://127.0.0.1:{port}/")
        with pytest.raises(EgressFailed) as untrusted:
            call("GET", f"https://127.0.0.1:{port}/")
    with pytest.raises(EgressFailed) as gone:
        call("GET", f"http://127.0.0.1:{port}/")
    with pytest.raises(EgressFailed) as unknown:
        call("GET", "http://nowhere.invalid/")
    reasons = [found.value.reason for found in (garbled, untrusted, gone, unknown)]
    assert reasons == ["garbled", "not-trusted", "no-connection", "unknown-host"]


def test_an_owner_may_allow_a_network_of_his_own_but_not_the_keys_of_a_rented_machine(settings: Settings) -> None:
    settings.EGRESS_ALLOW = [ip_network("10.1.0.0/16"), ip_network("169.254.0.0/16")]
    assert is_allowed(ip_address("10.1.2.3"))
    assert is_allowed(ip_address("::ffff:10.1.2.3"))
    assert not is_allowed(ip_address("10.2.0.1"))
    assert not is_allowed(ip_address("169.254.169.254"))
    assert is_allowed(ip_address("93.184.216.34"))
    assert not is_allowed(ip_address("64:ff9b::a00:1"))
