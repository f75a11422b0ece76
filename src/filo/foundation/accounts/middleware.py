"""Finds out, once a request, who is asking, and sends the anonymous to the door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of

OPEN_PREFIXES = ("/static/", "/api/", "/p/")
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
        if request.principal is not None or _is_open(request, view):  # type: ignore[attr-defined]
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
    other = request.session.get("view_as")
    if other:
        mine = principal_of(user)
        seen = User.objects.select_related("role", "unit").filter(pk=other, is_active=True).first()
        if seen and mine.may("user", "manage"):
            return principal_of(seen, viewed_by=user.name)
    return principal_of(user, page=page)
