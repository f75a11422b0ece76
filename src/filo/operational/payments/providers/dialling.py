"""How a provider is called: through the one way out of the house. The sandbox is in the house: it is called by the
address in the settings (FILO_SITE_URL), which no person types, and by nothing else.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from filo.foundation import egress
from filo.foundation.errors import DomainError
from filo.operational.payments.providers.contract import ProviderFailed

LOST = ("too-slow", "garbled")  # of `egress.FAILURES`: what was asked may have arrived
AGAIN = (409, 429)  # the same key is being worked on, or too much was asked at once


def own_address(path: str) -> str:
    """An address of this very installation."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def post(url: str, *, headers: dict[str, str], content: bytes) -> tuple[int, bytes]:
    """Post once; no redirect is followed. Raises `ProviderFailed`."""
    house = url.startswith(own_address("/p/pay/"))
    try:
        found = egress.call("POST", url, headers=headers, content=content, house=house)
    except DomainError as error:
        raise ProviderFailed(str(error), unsure=getattr(error, "reason", "") in LOST) from error
    return found.status, found.body


def answered(status: int, body: bytes) -> dict[str, Any]:
    """The object that was answered. Raises `ProviderFailed` with what the provider said."""
    unsure = not 300 <= status < 500 or status in AGAIN
    try:
        found = json.loads(body)
    except ValueError:
        raise ProviderFailed(f"HTTP {status}", unsure=unsure) from None
    if not isinstance(found, dict):
        raise ProviderFailed(f"HTTP {status}", unsure=unsure)
    if status >= 400:
        error = found.get("error")
        said = str(error.get("message", status) if isinstance(error, dict) else status)
        raise ProviderFailed(said[:300], unsure=unsure)
    return found
