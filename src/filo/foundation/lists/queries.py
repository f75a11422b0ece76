"""Which views of a list somebody has, which are at hand, and with which the list opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import CharField, QuerySet, UUIDField

from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.lists.models import Pin, SavedView
from filo.foundation.lists.registry import kept_query, list_coded
from filo.foundation.prepared import asked


@dataclass(frozen=True)
class Shown:
    """A view as the list shows it."""

    view: SavedView
    pinned: bool
    mine: bool

    @property
    def url(self) -> str:
        found = list_coded(self.view.list_code)
        return f"{found.url if found else '/'}?{address_of(self.view)}"


def address_of(view: SavedView) -> str:
    """What stands after the question mark when this view is open."""
    return f"{view.query}&view={view.id}" if view.query else f"view={view.id}"


def views_of(principal: Principal, code: str) -> list[SavedView]:
    """The views of a list that this principal sees, by name."""
    return _VIEWS.rows(principal, code=code)


def _views(principal: Principal) -> QuerySet[SavedView]:
    return SavedView.objects.visible_to(principal).filter(list_code=asked("code", CharField()))


_VIEWS = PreparedFor(_views)


def pinned_by(principal: Principal) -> list[SavedView]:
    """The views that somebody has at hand, as far as they still see them; in the order in which they pinned them."""
    return _PINNED.rows(principal) if principal.user_id else []


def _pinned(principal: Principal) -> QuerySet[SavedView]:
    mine = Pin.objects.filter(person=asked("me", UUIDField())).values("view")
    return SavedView.objects.visible_to(principal).filter(pk__in=mine).order_by("name", "id")


_PINNED = PreparedFor(_pinned)


def opening_view(principal: Principal, views: Iterable[SavedView]) -> SavedView | None:
    """The view with which the list opens for this principal's role."""
    return next((view for view in views if principal.role and principal.role in view.roles), None)


def is_changed(view: SavedView, query: str) -> bool:
    """Whether a list shows something else than this view of it keeps."""
    return kept_query(query) != view.query


def seen_view(principal: Principal, view_id: UUID) -> SavedView:
    """The view with this id, if this principal may see it. Raises `NotFound`."""
    found = SavedView.objects.visible_to(principal).select_related("owner", "unit").filter(pk=view_id).first()
    if found is None:
        raise NotFound
    return found


def removed_view(principal: Principal, view_id: UUID) -> SavedView:
    """One's own view that was removed. Raises `NotFound`."""
    found = SavedView.objects.filter(pk=view_id, owner=principal.user_id).exclude(removed_at=None).first()
    if found is None:
        raise NotFound
    return found
