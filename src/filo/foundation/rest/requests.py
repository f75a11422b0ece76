"""What an endpoint knows of a request: who asks and whether the token was made for this."""

from __future__ import annotations

from django.http import HttpRequest

from filo.foundation.access.principal import READING, Principal
from filo.foundation.errors import Forbidden
from filo.foundation.rest.errors import ScopeMissing


class ApiRequest(HttpRequest):
    """A request that came in by the door (`door.py`): with a principal and an id."""

    principal: Principal
    request_id: str


def scope_needed(code: str, action: str) -> str:
    """The token scope that an action on an object takes: `party:read`, `party:write`."""
    return f"{code}:{'read' if action in READING else 'write'}"


def require(request: ApiRequest, code: str, action: str) -> Principal:
    """Who asks, if token and role allow the action at all.

    Raises `ScopeMissing` (the token), `Forbidden` (the role).
    """
    principal = request.principal
    needed = scope_needed(code, action)
    if principal.token_scopes is not None and needed not in principal.token_scopes:
        raise ScopeMissing(needed)
    if not principal.may(code, action):
        raise Forbidden
    return principal
