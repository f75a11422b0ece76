"""Who may see imports: those one started, those of one's unit, or all; who may import says `party`."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, Scope, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, ByScope, Clause

IMPORT = declare(
    AccessObject(
        code="import",
        label=_("Imports"),
        actions=("view", "create", "edit"),
        ready={
            "administrator": {"view": "all", "create": "all", "edit": "all"},
            "management": {"view": "all"},
            "area-manager": {"view": "wide", "create": "own", "edit": "own"},
            "inside-sales": {"view": "own", "create": "own", "edit": "own"},
            "researcher": {"view": "own", "create": "own", "edit": "own"},
        },
    )
)


def _is_own(principal: Principal, batch: Any) -> bool:
    return principal.user_id is not None and batch.created_by_id == principal.user_id


def _own_rows(principal: Principal) -> Q:
    return Q(created_by=principal.user_id) if principal.user_id else NOTHING


_OWN = Clause(_("You started it."), _is_own, _own_rows)
_TEAM = Clause(
    _("Somebody of your own team started it."),
    lambda principal, batch: principal.unit_id is not None and batch.unit_id == principal.unit_id,
    lambda principal: Q(unit=principal.unit_id) if principal.unit_id else NOTHING,
)
_UNIT = Clause(
    _("Somebody of your unit or of one below it started it."),
    lambda principal, batch: batch.unit_id in principal.unit_ids,
    lambda principal: Q(unit__in=principal.unit_ids) if principal.unit_ids else NOTHING,
)
_ANY = Clause(_("Your role sees all."), lambda _principal, _batch: True, lambda _principal: EVERYTHING)


def _rule(action: str) -> ByScope:
    scopes = {Scope.OWN: _OWN, Scope.TEAM: _OWN | _TEAM, Scope.UNIT: _OWN | _UNIT, Scope.ALL: _ANY}
    return ByScope("import", action, scopes)


IMPORT_SEEN = _rule("view")
IMPORT_EDITED = _rule("edit")


def may_import(principal: Principal) -> bool:
    """Whether somebody may bring in customers from files."""
    return principal.may("import", "create") and principal.may("party", "import")
