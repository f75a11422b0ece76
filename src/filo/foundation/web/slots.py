"""Slots: a page leaves room, a higher app fills it; and the entries of the rail and of the *new* menu."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from filo.foundation.access.principal import Principal

Panel = Callable[[HttpRequest, Any], tuple[str, dict[str, Any]] | None]


@dataclass(frozen=True, order=True)
class _Filled:
    place: int
    panel: Panel = field(compare=False)


_slots: dict[str, list[_Filled]] = {}


def fill(slot: str, panel: Panel, *, place: int = 50) -> None:
    """Fill a slot: `panel(request, subject)` gives a template and its variables, or None for nothing."""
    _slots.setdefault(slot, []).append(_Filled(place, panel))
    _slots[slot].sort()


def panels(slot: str) -> list[Panel]:
    """Who fills a slot, in their order."""
    return [filled.panel for filled in _slots.get(slot, [])]


@dataclass(frozen=True)
class Entry:
    """A link of the rail, of the *new* menu or of the settings; shown to whom `shown` says.

    In the rail those of one ten of places stand together. foot: among the links of the rail that one sees, the four
    lowest stand at the foot of a phone; the others are on one's own page there.
    """

    url: str
    icon: str
    label: str | Promise
    shown: Callable[[Principal], bool] = lambda _principal: True
    place: int = 50
    counted: Callable[[Principal], QuerySet[Any] | None] | None = None  # the rows whose number stands beside it
    foot: int = 99
    key: str = ""  # the keys that lead there: "g h"
    hint: str | Promise = ""


_entries: dict[str, list[Entry]] = {}


def add_entry(menu: str, entry: Entry) -> None:
    """Add a link to a menu (`rail`, `new`, `settings`)."""
    _entries.setdefault(menu, []).append(entry)
    _entries[menu].sort(key=lambda found: found.place)


def entries(menu: str, principal: Principal) -> list[Entry]:
    """The links of a menu that this principal has."""
    return [entry for entry in _entries.get(menu, []) if entry.shown(principal)]
