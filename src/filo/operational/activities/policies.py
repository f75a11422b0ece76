"""Who may see and change tasks: whoever has to do them, made them, or leads the unit."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, Scope, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, ByScope, Clause, Rule

_ALL = dict.fromkeys(("view", "create", "edit", "delete"), "all")
_OWN = dict.fromkeys(("view", "create", "edit", "delete"), "own")

TASK = declare(
    AccessObject(
        code="task",
        label=_("Tasks"),
        actions=("view", "create", "edit", "delete"),
        ready={
            "administrator": _ALL,
            "management": {"view": "all", "create": "all", "edit": "all"},
            "area-manager": dict.fromkeys(("view", "create", "edit", "delete"), "wide"),
            "agent": _OWN,
            "inside-sales": {"view": "all", "create": "all", "edit": "all"},
            "researcher": _OWN,
            "care-operator": {"view": "all", "create": "all", "edit": "own"},
        },
    )
)


def _own_of(principal: Principal, task: Any) -> bool:
    return principal.user_id is not None and principal.user_id in (task.assignee_id, task.created_by_id)


def _own_q(principal: Principal) -> Q:
    if principal.user_id is None:
        return NOTHING
    return Q(assignee=principal.user_id) | Q(created_by=principal.user_id)


_MINE = Clause(_("It is for you, or you made it."), _own_of, _own_q)
_TEAM = Clause(
    _("It is your team's."),
    lambda principal, task: principal.unit_id is not None and task.unit_id == principal.unit_id,
    lambda principal: Q(unit=principal.unit_id) if principal.unit_id else NOTHING,
)
_UNIT = Clause(
    _("It belongs to your unit or one below it."),
    lambda principal, task: task.unit_id in principal.unit_ids,
    lambda principal: Q(unit__in=principal.unit_ids),
)
_ANY = Clause(_("Your role sees all."), lambda _principal, _task: True, lambda _principal: EVERYTHING)


def _rule(action: str) -> Rule:
    return ByScope(
        "task",
        action,
        {Scope.OWN: _MINE, Scope.TEAM: _MINE | _TEAM, Scope.UNIT: _MINE | _UNIT, Scope.ALL: _ANY},
    )


TASK_SEEN, TASK_EDITED = _rule("view"), _rule("edit")
