"""The views at hand, in the rail."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from filo.foundation.accounts.queries import also_read
from filo.foundation.lists.models import Pin
from filo.foundation.lists.queries import address_of, pinned_by
from filo.foundation.lists.registry import list_coded
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill


def register() -> None:
    """Called once, when the program starts."""
    fill("shell.rail", _at_hand, place=10)
    also_read("has_pins", lambda: Exists(Pin.objects.filter(person=OuterRef("pk"))))


def _at_hand(request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    views = pinned_by(principal) if principal and getattr(request.user, "has_pins", True) else []
    if not views:
        return None
    here = request.GET.get("view", "")
    shown = []
    for view in views:
        if known := list_coded(view.list_code):
            shown.append({"view": view, "url": f"{known.url}?{address_of(view)}", "here": here == str(view.id)})
    return "lists/_rail.html", {"views": shown}
