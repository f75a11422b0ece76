"""Who may see and change interactions: their author and owner, the unit, or all, as the role says."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, Scope, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, ByScope, Clause, Rule

_ALL = dict.fromkeys(("view", "create", "edit", "delete"), "all")
_OWN = dict.fromkeys(("view", "create", "edit", "delete"), "own")

INTERACTION = declare(
    AccessObject(
        code="interaction",
        label=_("Calls, meetings, notes, letters"),
        actions=("view", "create", "edit", "delete"),
        ready={
            "administrator": _ALL,
            "management": {"view": "all", "create": "all", "edit": "own"},
            "area-manager": {"view": "wide", "create": "wide", "edit": "own", "delete": "wide"},
            "agent": _OWN,
            "inside-sales": {"view": "all", "create": "all", "edit": "own"},
            "researcher": {"view": "own", "create": "own", "edit": "own"},
            "care-operator": {"view": "all", "create": "all", "edit": "own"},
        },
    )
)


def _own_of(principal: Principal, found: Any) -> bool:
    return principal.user_id is not None and principal.user_id in (found.owner_id, found.author_id)


def _own_q(principal: Principal) -> Q:
    if principal.user_id is None:
        return NOTHING
    return Q(owner=principal.user_id) | Q(author=principal.user_id)


_MINE = Clause(_("You wrote it or look after it."), _own_of, _own_q)
_TEAM = Clause(
    _("It is your team's."),
    lambda principal, found: principal.unit_id is not None and found.unit_id == principal.unit_id,
    lambda principal: Q(unit=principal.unit_id) if principal.unit_id else NOTHING,
)
_UNIT = Clause(
    _("It belongs to your unit or one below it."),
    lambda principal, found: found.unit_id in principal.unit_ids,
    lambda principal: Q(unit__in=principal.unit_ids),
)
_ANY = Clause(_("Your role sees all."), lambda _principal, _found: True, lambda _principal: EVERYTHING)
_MY_COMPANY = Clause(
    _("It is with a company you work in."),
    lambda principal, found: (
        principal.company_ids is None or found.company_id is None or found.company_id in principal.company_ids
    ),
    lambda principal: (
        EVERYTHING if principal.company_ids is None else Q(company=None) | Q(company__in=principal.company_ids)
    ),
)


def _rule(action: str) -> Rule:
    scopes: dict[Scope, Rule] = {
        Scope.OWN: _MINE,
        Scope.TEAM: _MINE | _TEAM,
        Scope.UNIT: _MINE | _UNIT,
        Scope.ALL: _ANY,
    }
    return _MY_COMPANY & ByScope("interaction", action, scopes)


INTERACTION_SEEN, INTERACTION_EDITED, INTERACTION_DELETED = _rule("view"), _rule("edit"), _rule("delete")
