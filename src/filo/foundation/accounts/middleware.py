"""Finds out, once a request, who is asking, and sends the anonymous to the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from filo.foundation.access.principal import Principal
from filo.foundation.accounts import first_start
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_in_session
from filo.foundation.accounts.second_factor import must_set_up

OPEN_PREFIXES = ("/static/", "/api/", "/p/", "/dav/", "/.well-known/")
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
# What somebody may open who must set up a second factor first.
SET_UP_VIEWS = frozenset(
    {
        "accounts:my-security",
        "accounts:app",
        "accounts:passkey-new",
        "accounts:passkey-options",
        "accounts:again",
        "accounts:again-options",
        "accounts:language",
        "account_logout",
    }
)


class WhoAsks:
    """Sets `request.principal` (None for the anonymous); the API and the calendars read their tokens by themselves."""

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
        """Every page asks for a sign-in unless it says that it is public, and for a second factor that is due."""
        if request.principal is not None:  # type: ignore[attr-defined]
            return _to_set_up(request)
        if not request.path.startswith(BEFORE_THE_FIRM) and first_start.is_needed():
            return redirect("accounts:start")
        if _is_open(request, view):
            return None
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": "/login"})
        return redirect_to_login(request.get_full_path())


def _to_set_up(request: HttpRequest) -> HttpResponse | None:
    """Whoever needs a second factor and has none is led there, from every page."""
    match = request.resolver_match
    if not isinstance(request.user, User) or not must_set_up(request.user):
        return None
    if match is not None and match.view_name in SET_UP_VIEWS:
        return None
    address = reverse("accounts:my-security")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=403, headers={"HX-Redirect": address})
    return redirect(address)


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
