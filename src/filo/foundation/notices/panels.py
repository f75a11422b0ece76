"""What notices add to the shell: the bell, the way to one's choices, who may listen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import also_read
from filo.foundation.notices.queries import unread_count, unread_of_person
from filo.foundation.push import topics
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill


def register() -> None:
    """Called once, when the program starts."""
    also_read("unread_notices", unread_of_person)
    fill("shell.top", _bell, place=30)
    fill("accounts.me", _choices, place=10)
    topics.register("notices-of", _may_hear)


def _may_hear(principal: Principal, reference: str) -> bool:
    return principal.user_id is not None and principal.user_id == UUID(reference)


def _bell(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or principal.user_id is None:
        return None
    user = request.user
    known = user.pk == principal.user_id and hasattr(user, "unread_notices")
    number = (getattr(user, "unread_notices", None) or 0) if known else unread_count(principal)
    return "notices/_bell.html", {"unread": number, "person": principal.user_id}


def _choices(_request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    return "notices/_my_choices.html", {}
