"""What is checked of a socket's request before anything is said: where its page is from, and its session."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, parse_qs, urlsplit

from django.conf import settings

Headers = Iterable[tuple[bytes, bytes]]
VISITOR_COOKIE = "filo-visitor"
_SECRET = re.compile(r"[A-Za-z0-9_-]{20,100}")


def origin_is_ours(headers: Headers) -> bool:
    """Whether the page that opens the socket is one of this site: no other may use a visitor's cookie.

    Its origin is FILO_SITE_URL, or the very host that the request was sent to, if this host is allowed.
    """
    given = list(headers)
    origins, hosts = _values(given, b"origin"), _values(given, b"host")
    if len(origins) != 1 or len(hosts) != 1:
        return False
    origin, site = urlsplit(origins[0]), urlsplit(settings.SITE_URL)
    if _place(origin) == _place(site):
        return True
    is_here = origin.netloc.lower() == hosts[0].lower() and origin.scheme == site.scheme
    return is_here and _is_allowed(origin.hostname or "")


def session_key(headers: Headers) -> str:
    """The session's key from the cookies, empty when there is none."""
    for cookies in _values(headers, b"cookie"):
        for cookie in cookies.split(";"):
            name, _equals, value = cookie.strip().partition("=")
            if name == settings.SESSION_COOKIE_NAME and value.isalnum():
                return value
    return ""


def visitor_key(headers: Headers, asked: bytes) -> str:
    """A visitor's secret: from the address, where a page elsewhere holds it, else from the cookie; empty for none."""
    told = parse_qs(asked.decode("latin-1")).get("key", [""])[0]
    if told:
        return told if _SECRET.fullmatch(told) else ""
    for cookies in _values(headers, b"cookie"):
        for cookie in cookies.split(";"):
            name, _equals, value = cookie.strip().partition("=")
            if name == VISITOR_COOKIE and _SECRET.fullmatch(value):
                return value
    return ""


def _values(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1") for given, value in headers if given.lower() == name]


def _place(address: SplitResult) -> tuple[str, str, int | None]:
    try:
        port = address.port or {"http": 80, "https": 443}.get(address.scheme)
    except ValueError:
        return ("", "", -1)
    return (address.scheme, (address.hostname or "").lower(), port)


def _is_allowed(host: str) -> bool:
    allowed = {pattern.strip("[]").lower() for pattern in settings.ALLOWED_HOSTS}
    below = any(pattern.startswith(".") and f".{host}".endswith(pattern) for pattern in allowed)
    return bool(host) and (host in allowed or below or "*" in allowed)
