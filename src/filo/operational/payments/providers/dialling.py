"""How a provider is called: through the one way out of the house; the sandbox, which is in the house, by its own
address, which no person typed.
"""

from __future__ import annotations

import json
from typing import Any

import httpx  # noqa: TID251 (the sandbox is at our own address, from the settings; all else goes by egress)
from django.conf import settings

from filo.foundation import egress
from filo.foundation.errors import DomainError
from filo.operational.payments.providers.contract import ProviderFailed

SECONDS = 10.0


def own_address(path: str) -> str:
    """An address of this very installation."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def post(url: str, *, headers: dict[str, str], content: bytes) -> tuple[int, bytes]:
    """Post once; no redirect is followed. Raises `ProviderFailed`."""
    if url.startswith(own_address("/p/pay/")):
        try:
            with httpx.Client(trust_env=False, follow_redirects=False, timeout=SECONDS) as client:
                answer = client.post(url, headers=headers, content=content)
                return answer.status_code, answer.content
        except httpx.HTTPError as error:
            raise ProviderFailed(type(error).__name__) from error
    try:
        found = egress.call("POST", url, headers=headers, content=content)
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
