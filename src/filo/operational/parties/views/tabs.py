"""The views above the list of customers: all, one's own, the kept ones, and those that are ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.lists.models import SavedView
from filo.foundation.lists.policies import may_change
from filo.foundation.lists.queries import address_of, is_changed
from filo.foundation.web.requests import StaffRequest

LIST = "parties"
SHOWN = 5


@dataclass(frozen=True)
class Tab:
    """A view in the row of views."""

    url: str
    label: str
    here: bool
    shared: bool = False


def tabs_of(request: StaffRequest, views: list[SavedView]) -> dict[str, Any]:
    """What the row of views shows: the tabs, those that wait in the menu, which one is open and whether it changed."""
    query = request.GET.urlencode()
    asked = request.GET.get("view", "")
    active = next((view for view in views if str(view.id) == asked), None)
    own = [_kept(view, active) for view in views]
    ready = [_ready(request, label, wanted, open_view=active) for label, wanted in _ready_views()]
    tabs = [*ready[:2], *own[:SHOWN]]
    if active and (late := _kept(active, active)) not in tabs:
        tabs[-1] = late
    rest = [tab for tab in (*own, *ready) if tab not in tabs]
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


def _ready_views() -> list[tuple[str, dict[str, str]]]:
    return [
        (_("All"), {"view": "all"}),
        (_("Mine"), {"owner": "me"}),
        (_("Customers"), {"stage": "customer"}),
        (_("To win"), {"filter": '{"field":"stage","op":"in","value":["lead","prospect"]}'}),
        (_("No contact for 60 days"), {"last_contact": "older-than-days:60"}),
    ]


def _ready(request: StaffRequest, label: str, wanted: dict[str, str], *, open_view: SavedView | None) -> Tab:
    query = request.GET.copy()
    for name in ("cursor", "sort", "columns"):
        query.pop(name, None)
    here = open_view is None and (query.dict() == wanted or (not query and "view" in wanted))
    address = request.GET.copy()
    address.clear()
    address.update(wanted)
    return Tab(f"?{address.urlencode()}", label, here)
