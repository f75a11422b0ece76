"""Who calls: a token in `Authorization`, read by whoever keeps the tokens (a higher app registers itself)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from filo.foundation.access.principal import Principal


@dataclass(frozen=True)
class Caller:
    """A principal and a stable key of its token, under which limits and idempotency are kept."""

    principal: Principal
    key: str


Reader = Callable[[str], Caller | None]
_readers: list[Reader] = []


def read_tokens_with(reader: Reader) -> None:
    """Say who turns the secret of a token into its caller (None for an unknown, ended or blocked one)."""
    _readers[:] = [reader]


def caller_of(request: HttpRequest) -> Caller | None:
    """The caller named by the bearer token. Cookies count for nothing here, so there is no CSRF to guard."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret or len(secret) > 200 or not secret.isascii():
        return None
    return _readers[0](secret) if _readers else None
