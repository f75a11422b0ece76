"""What doors know of a request: who asks, from where, and whether htmx wants a fragment."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest, NotFound

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

# Templates write a number as the reader does: version 1234 stands in a form as 1.234, 1,234 or 1 234.
GROUPING = re.compile(r"(?<=\d)[.,’'\s](?=\d{3})")


class StaffRequest(HttpRequest):
    """A request of somebody who is signed in (the middleware sends others to the sign-in page)."""

    principal: Principal
    request_id: str


def public(view: View) -> View:
    """Marks a view that the anonymous may open; every other one asks for a sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page (and not for a boosted or restored whole)."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def principal_in(request: HttpRequest) -> Principal | None:
    """Who asks, or None for the anonymous."""
    return cast("Principal | None", getattr(request, "principal", None))


def client_ip(request: HttpRequest) -> str:
    """The address of the client; the last hop of X-Forwarded-For only behind a trusted proxy."""
    direct = request.META.get("REMOTE_ADDR", "") or "127.0.0.1"
    if direct in settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        return hops[-1] if hops else direct
    return str(direct)


def posted_version(request: HttpRequest) -> int:
    """The version that the writer of a form had read. Raises `BadRequest`."""
    text = GROUPING.sub("", str(request.POST.get("version") or "0"))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest
    return int(text)


def version_read(request: HttpRequest, now: int | None) -> int | None:
    """The version that the writer of a form has read: `now` where it is just opened, else the one it brings, so that
    a form refused for something else does not pass over what was saved meanwhile. None (nothing is there yet): None.

    Raises `BadRequest`.
    """
    return posted_version(request) if now is not None and request.method == "POST" else now


def asked_id(text: str | None) -> UUID:
    """The identifier in a parameter; what is none leads nowhere. Raises `NotFound`."""
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound from None
