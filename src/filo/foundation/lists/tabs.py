"""The views above a list: those that are ready, the kept ones, which one is open and whether it was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from filo.foundation.lists.models import SavedView
from filo.foundation.lists.policies import may_change
from filo.foundation.lists.queries import address_of, is_changed
from filo.foundation.web.requests import StaffRequest

SHOWN = 5
Ready = Sequence[tuple[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Tab:
    """A view in the row of views."""

    url: str
    label: str
    here: bool
    shared: bool = False


def tabs_of(request: StaffRequest, views: Sequence[SavedView], ready: Ready, *, first: int = 2) -> dict[str, Any]:
    """What the row of views shows: the tabs, those that wait in the menu, which one is open and whether it changed.

    ready: the label and the address of each view that the list comes with; the `first` of them stand before the kept.
    """
    asked = request.GET.get("view", "")
    active = next((view for view in views if str(view.id) == asked), None)
    own = [_kept(view, active) for view in views]
    given = [_ready(request, label, wanted, open_view=active) for label, wanted in ready]
    tabs = [*given[:first], *own[:SHOWN]]
    if active and (late := _kept(active, active)) not in tabs:
        tabs[-1] = late
    rest = [tab for tab in (*own, *given) if tab not in tabs]
    query = request.GET.urlencode()
    return {
        "tabs": tabs,
        "more_tabs": rest,
        "active_view": active,
        "view_changed": bool(active and is_changed(active, query)),
        "may_change_view": bool(active and may_change(request.principal, active)),
        "query": query,
    }


def _kept(view: SavedView, active: SavedView | None) -> Tab:
    return Tab(f"?{address_of(view)}", view.name, view == active, shared=view.audience != "me")


def _ready(request: StaffRequest, label: str, wanted: Mapping[str, str], *, open_view: SavedView | None) -> Tab:
    query = request.GET.copy()
    for name in ("cursor", "sort", "columns"):
        query.pop(name, None)
    here = open_view is None and (query.dict() == wanted or (not query and "view" in wanted))
    address = request.GET.copy()
    address.clear()
    address.update(wanted)
    return Tab(f"?{address.urlencode()}", label, here)
