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


def own_address(path: str) -> str:
    """An address of this very installation."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def post(url: str, *, headers: dict[str, str], content: bytes) -> tuple[int, bytes]:
    """Post once; no redirect is followed. Raises `ProviderFailed`."""
    house = url.startswith(own_address("/p/pay/"))
    try:
        found = egress.call("POST", url, headers=headers, content=content, house=house)
    except DomainError as error:
        raise ProviderFailed(str(error)) from error
    return found.status, found.body


def answered(status: int, body: bytes) -> dict[str, Any]:
    """The object that was answered. Raises `ProviderFailed` with what the provider said."""
    try:
        found = json.loads(body)
    except ValueError:
        raise ProviderFailed(f"HTTP {status}") from None
    if not isinstance(found, dict):
        raise ProviderFailed(f"HTTP {status}")
    if status >= 400:
        error = found.get("error")
        raise ProviderFailed(str(error.get("message", status) if isinstance(error, dict) else status)[:300])
    return found
