"""Where a sign-in leads, and the ways to the area on every public page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from filo.collaborative.visitors.destinations import lead
from filo.collaborative.visitors.door import visitor_in
from filo.collaborative.visitors.models import PersonalLink
from filo.foundation.web.slots import fill

HOME = "/p/me"


def register() -> None:
    """Called once, when the program starts."""
    lead("portal", _where)
    fill("site.nav", _nav, place=80)


def _where(link: PersonalLink) -> str:
    """The page that he wanted when he had to sign in, else his area."""
    wanted = str(link.context.get("next", ""))
    ours = wanted.startswith("/p/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else HOME


def _nav(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    visitor = visitor_in(request)
    return "portal/_nav.html", {"signed_in": bool(visitor and visitor.signed_in), "path": request.path}
