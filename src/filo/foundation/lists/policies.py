"""Whose views of a list somebody sees: one's own, and those shared with everybody or with one's part of the firm."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import NOTHING, Clause
from filo.foundation.organisation.models import Unit

VIEW = declare(
    AccessObject(
        code="list-view",
        label=_("Views of lists"),
        actions=("share",),
        ready={
            "administrator": {"share": "all"},
            "management": {"share": "all"},
            "area-manager": {"share": "all"},
            "inside-sales": {"share": "all"},
        },
    )
)


def _own(principal: Principal, view: Any) -> bool:
    return principal.user_id is not None and view.owner_id == principal.user_id


def _shared(principal: Principal, view: Any) -> bool:
    if view.audience == "everyone":
        return True
    if view.audience != "unit" or principal.unit_id is None:
        return False
    return Unit.objects.filter(pk=principal.unit_id, path__startswith=view.unit.path).exists()


def _shared_q(principal: Principal) -> Q:
    if principal.unit_id is None:
        return Q(audience="everyone")
    mine = Unit.objects.filter(pk=principal.unit_id, path__startswith=OuterRef("unit__path"))
    return Q(audience="everyone") | Q(audience="unit") & Q(Exists(mine))


_OWN = Clause(
    _("It is your own."),
    _own,
    lambda principal: Q(owner=principal.user_id) if principal.user_id else NOTHING,
)
VIEW_SEEN = _OWN | Clause(_("It is shared with you."), _shared, _shared_q)


def may_share(principal: Principal) -> bool:
    """Whether somebody may give views to others."""
    return principal.may(VIEW.code, "share")


def may_change(principal: Principal, view: Any) -> bool:
    """Whether somebody may change or remove a view: one's own, and shared ones for who looks after the settings."""
    if principal.viewed_by:
        return False
    return _own(principal, view) or (view.audience != "me" and principal.may("settings", "edit"))
