"""Finds out, once a request, who is asking, and sends the anonymous to the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from filo.foundation.access.principal import Principal
from filo.foundation.accounts import first_start
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_in_session

OPEN_PREFIXES = ("/static/", "/api/", "/p/")
# What answers before there is a firm; every other page leads to the first start.
BEFORE_THE_FIRM = (*OPEN_PREFIXES, "/start", "/language", "/healthz", "/readyz", "/metrics", "/ws/")
# The pages of the library that people need before they are known.
OPEN_VIEWS = frozenset(
    {
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_inactive",
    }
)


class WhoAsks:
    """Sets `request.principal` (None for the anonymous); the API reads its tokens by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        principal = None if request.path.startswith(OPEN_PREFIXES) else _who(request)
        request.principal = principal  # type: ignore[attr-defined]
        if principal is None:
            return self.get_response(request)
        with timezone.override(ZoneInfo(principal.time_zone)):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Every page asks for a sign-in unless it says that it is public."""
        if request.principal is not None:  # type: ignore[attr-defined]
            return None
        if not request.path.startswith(BEFORE_THE_FIRM) and first_start.is_needed():
            return redirect("accounts:start")
        if _is_open(request, view):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": "/login"})
        return redirect_to_login(request.get_full_path())


def _is_open(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    match = request.resolver_match
    return (
        request.path.startswith(OPEN_PREFIXES)
        or getattr(view, "is_public", False)
        or (match is not None and match.url_name in OPEN_VIEWS)
    )


def _who(request: HttpRequest) -> Principal | None:
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return None
    page = request.headers.get("X-Filo-Page", "")[:40]
    return principal_in_session(user, str(request.session.get("view_as", "")), page=page)
