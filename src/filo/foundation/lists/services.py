"""Verbs about views: kept, changed, shared, removed and brought back, put at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.lists.models import AUDIENCES, Pin, SavedView
from filo.foundation.lists.policies import may_change, may_share
from filo.foundation.lists.registry import kept_query, list_coded

MOST = 200


@dataclass(frozen=True)
class ViewDraft:
    """What a person says of a view; `roles` None leaves as they are those whose list opens with it."""

    name: str
    query: str
    audience: str = "me"
    roles: Sequence[str] | None = None


def keep_view(principal: Principal, code: str, draft: ViewDraft) -> SavedView:
    """A new view of the list `code`, one's own. Raises `InvalidFields`, `Forbidden`."""
    if principal.viewed_by or principal.user_id is None:
        raise Forbidden
    if list_coded(code) is None:
        raise InvalidFields({"list": _("There is no such list.")})
    if SavedView.objects.filter(owner=principal.user_id, removed_at=None).count() >= MOST:
        raise InvalidFields({"name": _("You have very many views already: remove some first.")})
    view = SavedView(list_code=code, owner_id=principal.user_id, created_at=clock.now())
    _write(principal, view, draft)
    with transaction.atomic():
        _save(view)
        record(principal, "list-view.keep", kind="list-view", object_id=view.id, changes={"name": (None, view.name)})
    return view


def change_view(principal: Principal, view: SavedView, draft: ViewDraft, *, version: int | None = None) -> SavedView:
    """Another name, address or audience. Raises `Forbidden`, `InvalidFields`, and `Stale` for an old version."""
    with transaction.atomic():
        locked = SavedView.objects.select_for_update(of=("self",)).select_related("unit").get(pk=view.pk)
        if not may_change(principal, locked):
            raise Forbidden
        if version is not None and version != locked.version:
            raise Stale({"name": (locked.name, draft.name)}, version=locked.version)
        before = (locked.name, locked.query, locked.audience)
        _write(principal, locked, draft)
        locked.version += 1
        _save(locked)
        after = (locked.name, locked.query, locked.audience)
        changes = {
            name: (old, new)
            for name, old, new in zip(("name", "query", "audience"), before, after, strict=True)
            if old != new
        }
        record(principal, "list-view.change", kind="list-view", object_id=locked.id, changes=changes)
    return locked


def remove_view(principal: Principal, view: SavedView) -> None:
    """Take a view away from everybody who has it; it can be brought back. Raises `Forbidden`."""
    _set_removed(principal, view, removed=True)


def bring_back_view(principal: Principal, view: SavedView) -> None:
    """A removed view is there again. Raises `Forbidden`, `InvalidFields` when its name was taken since."""
    _set_removed(principal, view, removed=False)


def pin_view(principal: Principal, view: SavedView) -> None:
    """Put a view at hand, in the rail."""
    if principal.viewed_by or principal.user_id is None:
        raise Forbidden
    Pin.objects.get_or_create(person_id=principal.user_id, view=view, defaults={"at": clock.now()})


def unpin_view(principal: Principal, view: SavedView) -> None:
    """Take it out of the rail."""
    if principal.viewed_by:
        raise Forbidden
    Pin.objects.filter(person=principal.user_id, view=view).delete()


def _set_removed(principal: Principal, view: SavedView, *, removed: bool) -> None:
    if not may_change(principal, view):
        raise Forbidden
    with transaction.atomic():
        view.removed_at = clock.now() if removed else None
        _save(view)
        action = "list-view.remove" if removed else "list-view.bring-back"
        record(principal, action, kind="list-view", object_id=view.id)


def _write(principal: Principal, view: SavedView, draft: ViewDraft) -> None:
    name = " ".join(draft.name.split())
    if not name:
        raise InvalidFields({"name": _("Give the view a name.")})
    if len(name) > 80:
        raise InvalidFields({"name": _("A name has at most 80 characters.")})
    query = kept_query(draft.query)
    if len(query) > 8000:
        raise InvalidFields({"query": _("This view has more conditions than can be kept.")})
    if draft.audience not in dict(AUDIENCES):
        raise InvalidFields({"audience": _("Choose with whom to share it.")})
    if draft.audience != "me" and draft.audience != view.audience and not may_share(principal):
        raise Forbidden(_("Your role keeps views for itself only."))
    if draft.audience == "unit" and view.unit_id is None and principal.unit_id is None:
        raise InvalidFields({"audience": _("You are in no unit: share it with everyone, or keep it for yourself.")})
    view.name, view.query, view.audience = name, query, draft.audience
    view.unit_id = (view.unit_id or principal.unit_id) if draft.audience == "unit" else None
    if draft.roles is not None and list(draft.roles) != view.roles:
        if not principal.may("settings", "edit"):
            raise Forbidden(_("Who looks after the settings says with which view a list opens."))
        view.roles = sorted(draft.roles)
    if view.audience != "everyone":
        view.roles = []


def _save(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise InvalidFields({"name": _("You have a view with this name already.")}) from None
