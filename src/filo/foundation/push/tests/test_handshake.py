"""Only this site's own pages may open a socket, and only a session's key is read from the cookies."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from filo.foundation.push.handshake import origin_is_ours, session_key

HERE = "crm.example.it"


@pytest.fixture(autouse=True)
def site(settings: Settings) -> None:
    settings.SITE_URL = "https://crm.example.it"
    settings.ALLOWED_HOSTS = ["crm.example.it", ".filo.example", "localhost", "[::1]"]
    settings.SESSION_COOKIE_NAME = "filo-session"


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://crm.example.it", HERE),
        ("https://crm.example.it:443", "internal:8000"),
        ("https://CRM.example.it", HERE),
        ("https://localhost:8000", "localhost:8000"),
        ("https://[::1]:8000", "[::1]:8000"),
        ("https://milano.filo.example", "milano.filo.example"),
    ],
)
def test_our_own_pages_are_known(origin: str, host: str) -> None:
    assert origin_is_ours([(b"host", host.encode()), (b"origin", origin.encode())])


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://crm.example.it", HERE),
        ("https://crm.example.it:8443", HERE),
        ("https://crm.example.it.evil.example", HERE),
        ("https://evil.example", "evil.example"),
        ("https://evil.example#crm.example.it", HERE),
        ("https://crm.example.it@evil.example", HERE),
        ("https://localhost:3000", "localhost:8000"),
        ("https://evilfilo.example", "evilfilo.example"),
        ("https://crm.example.it:x", HERE),
        ("null", HERE),
        ("", HERE),
        ("crm.example.it", HERE),
    ],
)
def test_other_pages_are_refused(origin: str, host: str) -> None:
    assert not origin_is_ours([(b"host", host.encode()), (b"origin", origin.encode())])


def test_a_missing_or_doubled_origin_is_refused() -> None:
    ours = (b"origin", b"https://crm.example.it")
    host = (b"host", HERE.encode())
    assert not origin_is_ours([host])
    assert not origin_is_ours([host, ours, ours])
    assert not origin_is_ours([ours])


def test_the_session_is_read_from_its_cookie_alone() -> None:
    assert session_key([(b"cookie", b"a=1; filo-session=abc123; b=2")]) == "abc123"
    assert session_key([(b"cookie", b"a=1"), (b"cookie", b"filo-session=abc123")]) == "abc123"
    for cookies in (b"", b"filo-session=", b"xfilo-session=abc", b"filo-session=a/../b", b"filo-session"):
        assert session_key([(b"cookie", cookies)]) == ""
