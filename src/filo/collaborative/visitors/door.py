"""How public pages know their visitor: read before the page, his cookie set after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from filo.collaborative.visitors.models import Visitor
from filo.collaborative.visitors.queries.here import visitor_by_key
from filo.collaborative.visitors.services.beginning import begin_visit, note_seen
from filo.foundation.push.handshake import VISITOR_COOKIE
from filo.foundation.web.agents import device_name

HEADER, KEPT_DAYS = "X-Filo-Visitor", 30
View = Callable[..., HttpResponseBase]


def visitor_in(request: HttpRequest) -> Visitor | None:
    """Who asks, read once for a request; None for a browser that has asked for nothing of its own yet.

    His secret comes in a header from a page elsewhere, else in the cookie.
    """
    if not hasattr(request, "filo_visitor"):
        key = request.headers.get(HEADER, "") or request.COOKIES.get(VISITOR_COOKIE, "")
        request.filo_visitor = visitor_by_key(key)  # type: ignore[attr-defined]
    return cast("Visitor | None", request.filo_visitor)  # type: ignore[attr-defined]


def visiting(view: View) -> View:
    """For public views: `request.visitor` is who asks (None: nobody yet); a new secret leaves with the answer."""

    @wraps(view)
    def handle(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        found = visitor_in(request)
        if found is not None and request.method == "POST":
            note_seen(found)
        response = view(request, *arguments, **named)
        if key := getattr(request, "visitor_key", ""):
            keep_key(response, key)
        return response

    return handle


def visitor_of(request: HttpRequest) -> Visitor:
    """Who asks; a browser that was nobody becomes a visitor, since it asks for something of its own."""
    found = visitor_in(request)
    if found is None:
        browser = device_name(request.headers.get("User-Agent", ""))
        found, key = begin_visit(language=(get_language() or "it")[:2], browser=str(browser))
        go_on_as(request, found, key)
    return found


def go_on_as(request: HttpRequest, visitor: Visitor, key: str = "") -> None:
    """The rest of this request is this visitor's; `key`: his new secret, which leaves with the answer."""
    request.filo_visitor = visitor  # type: ignore[attr-defined]
    if key:
        request.visitor_key = key  # type: ignore[attr-defined]


def keep_key(response: HttpResponseBase, key: str) -> None:
    """Give the browser its secret: as a cookie, and by name for a page elsewhere, where cookies do not reach."""
    response.set_cookie(
        VISITOR_COOKIE,
        key,
        max_age=KEPT_DAYS * 86_400,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def drop_key(response: HttpResponseBase) -> None:
    """The browser is nobody's from now on."""
    response.delete_cookie(VISITOR_COOKIE, samesite="Lax")
