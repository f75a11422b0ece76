"""What the shell of every page shows: who is here, where one can go, how it looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from filo.foundation.access.principal import Principal
from filo.foundation.ids import uuid7
from filo.foundation.web.counting import counts_of
from filo.foundation.web.keys import sheet
from filo.foundation.web.requests import principal_in, wants_fragment
from filo.foundation.web.slots import entries

AT_FOOT = 4  # links of the rail fit below a phone's page, beside the way to the others


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template variables: `principal`, `me`, `rail`, `new_menu`, `key_sheet`, `page_id` and how it looks; once each."""
    kept: dict[str, Any] | None = getattr(request, "shell", None)
    if kept is None:
        kept = request.shell = _shell(request)  # type: ignore[attr-defined]
    return kept


def _shell(request: HttpRequest) -> dict[str, Any]:
    principal = principal_in(request)
    user = getattr(request, "user", None)
    found: dict[str, Any] = {
        "principal": principal,
        "me": user if principal else None,
        "theme": getattr(user, "theme", "auto"),
        "density": getattr(user, "density", "airy"),
        "letter_keys": getattr(user, "letter_keys", True),
    }
    if principal and not wants_fragment(request):
        found |= {
            "rail": _rail(request, principal),
            "new_menu": entries("new", principal),
            "key_sheet": sheet(principal),
            "page_id": str(uuid7()),
        }
    return found


def _rail(request: HttpRequest, principal: Principal) -> list[dict[str, Any]]:
    """The links of the rail, with what waits behind them counted in one question."""
    links = entries("rail", principal)
    found = {entry.url: entry.counted(principal) for entry in links if entry.counted}
    rows = {url: each for url, each in found.items() if each is not None}
    counts = dict(zip(rows, counts_of(list(rows.values())), strict=True)) if rows else {}
    foot = sorted(links, key=lambda entry: entry.foot)[:AT_FOOT]
    return [
        {
            "entry": entry,
            "count": counts.get(entry.url, 0),
            "here": _here(request, entry.url),
            "at_foot": entry in foot,
            "begins": bool(before and before.place // 10 != entry.place // 10),
        }
        for before, entry in zip([None, *links], links, strict=False)
    ]


def _here(request: HttpRequest, url: str) -> bool:
    return request.path == url if url == "/" else request.path.startswith(url)
