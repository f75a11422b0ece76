"""VIES over its REST service: one question, one answer (https://ec.europa.eu/taxation_customs/vies, API description).

`GET ms/COUNTRY/vat/NUMBER` answers with isValid, userError, name, address and requestDate. `POST check-vat-number` says
who asks as well, and answers with valid and the consultation number (requestIdentifier) that proves the question later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.conf import settings

from filo.foundation.egress import Answer, EgressFailed, EgressRefused, call
from filo.operational.vies.told import plain_words

MOST_BYTES: Final = 64 * 1024
_REQUESTER = "INVALID_REQUESTER_INFO"


@dataclass(frozen=True)
class Told:
    """What VIES knows of a number."""

    valid: bool
    name: str = ""
    address: str = ""
    consultation: str = ""


class NoAnswer(Exception):
    """VIES gave none; `code` says why: one of `words.SENTENCES`, or another of theirs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ask(country: str, number: str, *, requester: tuple[str, str] | None = None) -> Told:
    """Ask once about a number without its letters; requester: country and number of who asks.

    Raises `NoAnswer`: nothing is known then, neither that it is valid nor that it is not.
    """
    if requester is None:
        return _read(_called("GET", f"/ms/{quote(country)}/vat/{quote(number, safe='')}"))
    body = {
        "countryCode": country,
        "vatNumber": number,
        "requesterMemberStateCode": requester[0],
        "requesterNumber": requester[1],
    }
    try:
        return _read(_called("POST", "/check-vat-number", body))
    except NoAnswer as refusal:
        if refusal.code != _REQUESTER:
            raise
        return ask(country, number)  # our own number is not in VIES: we are answered all the same, without proof


def _called(method: str, path: str, body: Mapping[str, str] | None = None) -> Answer:
    headers = {"Accept": "application/json"} | ({"Content-Type": "application/json"} if body else {})
    content = json.dumps(body).encode() if body else b""
    try:
        url = f"{settings.VIES_URL}{path}"
        return call(method, url, headers=headers, content=content, most_bytes=MOST_BYTES)
    except EgressFailed as failure:
        raise NoAnswer("too-slow" if failure.reason == "too-slow" else "not-reached") from None
    except EgressRefused as refusal:
        raise NoAnswer("muted" if refusal.reason == "muted" else "refused") from None


def _read(answer: Answer) -> Told:
    try:
        found = json.loads(answer.body)
    except ValueError:
        raise NoAnswer("SERVICE_UNAVAILABLE" if answer.status >= 500 else "unreadable") from None
    if not isinstance(found, dict):
        raise NoAnswer("unreadable")
    valid = found.get("isValid", found.get("valid"))
    if code := _refusal(found):
        raise NoAnswer(code)
    if not isinstance(valid, bool) or answer.status != 200:
        raise NoAnswer("SERVICE_UNAVAILABLE" if answer.status >= 500 else "unreadable")
    return Told(
        valid,
        plain_words(found.get("name") or found.get("traderName"))[:260],
        plain_words(found.get("address") or found.get("traderAddress"))[:1000],
        str(found.get("requestIdentifier") or "")[:40],
    )


def _refusal(found: Mapping[str, Any]) -> str:
    """The code of an error; VALID and INVALID are none."""
    wrapped = found.get("errorWrappers")
    if isinstance(wrapped, list) and wrapped:
        first = wrapped[0]
        return str(first.get("error") or "unreadable")[:40] if isinstance(first, dict) else "unreadable"
    code = str(found.get("userError") or "")[:40]
    return "" if code in ("", "VALID", "INVALID") else code
