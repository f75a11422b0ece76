"""How public pages know their visitor: read before the page, his cookie set after it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from filo.collaborative.visitors.models import Visitor
from filo.collaborative.visitors.queries.here import visitor_by_key
from filo.collaborative.visitors.services.beginning import begin_visit, note_seen
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.push import handshake
from filo.foundation.push.handshake import VISITOR_COOKIE
from filo.foundation.web.agents import device_name
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public

HEADER, KEPT_DAYS = "X-Filo-Visitor", 30
CALLS = (600, 60)  # times, within seconds, from one address
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
    """For public views: `request.visitor` is who asks (None: nobody yet); a new secret leaves with the answer, and
    where it was noted that he is still there, the cookie is kept for so long from now on.
    """

    @wraps(view)
    def handle(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        found, renewed = visitor_in(request), ""
        if found is not None and request.method == "POST":
            before = found.seen_at
            note_seen(found)
            if found.seen_at != before and HEADER not in request.headers:
                renewed = request.COOKIES.get(VISITOR_COOKIE, "")
        response = view(request, *arguments, **named)
        key = getattr(request, "visitor_key", "")
        if key or (renewed and VISITOR_COOKIE not in response.cookies):
            keep_key(response, key or renewed)
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


def called(view: View) -> View:
    """For public calls of scripts, which answer in JSON: foreign pages without a key, and floods, are refused first.

    They carry no token of a form, since frames on other sites have none: a key in a header can only be sent by who
    holds it, and with the cookie alone the page has to be ours.
    """

    @csrf_exempt
    @public
    @visiting
    @wraps(view)
    def handle(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if request.method == "POST" and not (request.headers.get(HEADER) or _is_ours(request)):
            return JsonResponse({"problem": _("This page is not one of ours.")}, status=403)
        if not may_once_more(request, "visitors.call", CALLS):
            answer = JsonResponse({"problem": _("Too many at once. Wait a moment and try again.")}, status=429)
            answer["Retry-After"] = "10"
            return answer
        try:
            return view(request, *arguments, **named)
        except InvalidFields as error:
            told = {name: str(sentences[0]) for name, sentences in error.fields.items()}
            return JsonResponse({"problems": told}, status=422)
        except DomainError as error:
            return JsonResponse({"problem": str(error), "code": error.code}, status=error.status)

    return handle


def _is_ours(request: HttpRequest) -> bool:
    named = (("origin", request.headers.get("Origin", "")), ("host", request.get_host()))
    return handshake.origin_is_ours([(name.encode(), value.encode()) for name, value in named if value])
