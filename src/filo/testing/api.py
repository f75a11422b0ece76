"""A client of the REST API for tests: speaks JSON with a token, and holds every answer against its schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import resolve

from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.accounts.rest import caller_by_token
from filo.foundation.accounts.tokens import make_token
from filo.foundation.rest.auth import read_tokens_with
from filo.foundation.rest.schemas import Problem
from filo.testing.clients import CheckedClient
from filo.testing.world import World

read_tokens_with(caller_by_token)  # also for tests that mount an API of their own


def token_of(
    world: World, name: str, *, scopes: Sequence[str] | None = None, expires_at: datetime | None = None
) -> str:
    """The secret of a new token of this person; `scopes` None is everything the role may."""
    user = User.objects.select_related("role", "unit").get(pk=world.people[name].pk)
    _token, secret = make_token(principal_of(user), user, label="test", scopes=scopes, expires_at=expires_at)
    return secret


def api_of(world: World, name: str, *, scopes: Sequence[str] | None = None, language: str = "") -> ApiClient:
    """A client with a new token of this person."""
    return client(token_of(world, name, scopes=scopes), language=language)


def client(token: str = "", *, language: str = "") -> ApiClient:
    """A client with this token (none: the anonymous)."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    if language:
        headers["Accept-Language"] = language
    return ApiClient(headers=headers, raise_request_exception=False)


class ApiClient(CheckedClient):
    """Paths are given after /api/v1; bodies and answers are data."""

    def request(self, **request: Any) -> Any:
        """Ask, and check that the answer is what the document says."""
        response = super().request(**request)
        _check(request, response)
        return response

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; header names as keywords: `If_Match='"1"'`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        data = "" if body is None else body if isinstance(body, str | bytes) else json.dumps(body)
        return self.generic(method, f"/api/v1{path}", data, content_type="application/json", headers=named)

    def read(self, path: str, **headers: str) -> Any:
        return self.ask("GET", path, **headers)

    def send(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.ask("POST", path, body, **headers)

    def change(self, path: str, body: Any, **headers: str) -> Any:
        return self.ask("PATCH", path, body, **headers)

    def remove(self, path: str, **headers: str) -> Any:
        return self.ask("DELETE", path, **headers)


def _check(request: dict[str, Any], response: Any) -> None:
    if response.status_code >= 400:
        assert response["Content-Type"] == "application/problem+json", response.content[:300]
        assert Problem.model_validate(response.json()).status == response.status_code
        return
    shape = _shape(request, response.status_code) if response.content else None
    if shape is not None and "fields=" not in request.get("QUERY_STRING", ""):
        shape.model_validate({"response": response.json()})


def _shape(request: dict[str, Any], status: int) -> Any:
    """The schema that the document declares for this answer."""
    from filo.config.api import api

    route = resolve(request["PATH_INFO"]).route.removeprefix("api/v1/").replace("<uuidstr:", "{").replace(">", "}")
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            if path.lstrip("/").replace("{uuidstr:", "{") == route:
                operation = next(found for found in view.operations if request["REQUEST_METHOD"] in found.methods)
                return operation.response_models[status]
    return None
