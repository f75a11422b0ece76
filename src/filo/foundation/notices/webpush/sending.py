"""One message to one browser, by its push service: RFC 8030."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from ipaddress import ip_address
from typing import Literal

from django.conf import settings

from filo.foundation import clock, egress
from filo.foundation.notices.models import Browser
from filo.foundation.notices.webpush.encryption import encrypted
from filo.foundation.notices.webpush.keys import private_key
from filo.foundation.notices.webpush.vapid import authorization

# A browser that was off for longer is not told: the bell is.
KEPT_FOR = timedelta(days=1)
LONGEST_PAUSE = timedelta(hours=1)
MANY = 429


class Outcome(Enum):
    """What came of it."""

    TAKEN = "taken"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True)
class Sent:
    """The outcome; when it is `LATER`, after what pause, if the service named one."""

    outcome: Outcome
    after: timedelta | None = None


def push(browser: Browser, content: bytes, *, topic: str, urgency: Literal["low", "normal", "high"]) -> Sent:
    """Hand a message to the push service. `topic` (at most 32 characters of base64url): a later one takes its place."""
    headers = {
        "Authorization": authorization(private_key(), browser.endpoint, clock.now()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(KEPT_FOR.total_seconds())),
        "Topic": topic,
        "Urgency": urgency,
    }
    if not is_endpoint(browser.endpoint):
        return Sent(Outcome.REFUSED)
    try:
        body = encrypted(content, p256dh=browser.p256dh, auth=browser.auth)
        answer = egress.call("POST", browser.endpoint, headers=headers, content=body, most_bytes=4096)
    except egress.EgressRefused:
        return Sent(Outcome.REFUSED)
    except egress.EgressFailed:
        return Sent(Outcome.LATER)
    return _read(answer)


def is_endpoint(url: str) -> bool:
    """Whether this can be the address of a push service: https, but for machines that the operator named."""
    try:
        found = egress.check_url(url)
    except egress.EgressRefused:
        return False
    return found.scheme == "https" or _is_named(str(found.host))


def _is_named(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in settings.EGRESS_ALLOW if network.version == address.version)


def _read(answer: egress.Answer) -> Sent:
    if 200 <= answer.status < 300:
        return Sent(Outcome.TAKEN)
    if answer.status in (404, 410):
        return Sent(Outcome.GONE)
    if answer.status == MANY or answer.status >= 500:
        return Sent(Outcome.LATER, _pause(answer.headers.get("retry-after", "")))
    return Sent(Outcome.REFUSED)


def _pause(text: str) -> timedelta | None:
    return min(timedelta(seconds=int(text[:9])), LONGEST_PAUSE) if text.isascii() and text[:9].isdigit() else None
