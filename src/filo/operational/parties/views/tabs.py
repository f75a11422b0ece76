"""The views that the list of customers comes with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from filo.foundation.lists import tabs
from filo.foundation.lists.models import SavedView
from filo.foundation.web.requests import StaffRequest

LIST = "parties"


def tabs_of(request: StaffRequest, views: list[SavedView]) -> dict[str, Any]:
    """What the row of views shows."""
    return tabs.tabs_of(request, views, _ready_views())


def _ready_views() -> list[tuple[str, dict[str, str]]]:
    return [
        (_("All"), {"view": "all"}),
        (_("Mine"), {"owner": "me"}),
        (_("Customers"), {"stage": "customer"}),
        (_("To win"), {"filter": '{"field":"stage","op":"in","value":["lead","prospect"]}'}),
        (_("No contact for 60 days"), {"last_contact": "older-than-days:60"}),
    ]
