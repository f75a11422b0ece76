"""Who may see and work requests: who has them, their group, the unit, or all, as the role says."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import NOTHING, Clause, Rule

_ALL = dict.fromkeys(("view", "create", "edit"), "all")
_OWN = dict.fromkeys(("view", "create", "edit"), "own")

TICKET = declare(
    AccessObject(
        code="ticket",
        label=_("Requests of customers"),
        actions=("view", "create", "edit"),
        ready={
            "administrator": _ALL,
            "management": {"view": "all", "create": "all", "edit": "all"},
            "area-manager": dict.fromkeys(("view", "create", "edit"), "wide"),
            "agent": _OWN,
            "inside-sales": _ALL,
            "researcher": {"view": "own"},
            "care-operator": _ALL,
        },
    )
)


def _groups_of(principal: Principal) -> Any:
    return apps.get_model("service", "GroupMember")._default_manager.filter(user=principal.user_id)


def _in_my_group(principal: Principal, found: Any) -> bool:
    if principal.user_id is None or found.group_id is None:
        return False
    return bool(_groups_of(principal).filter(group=found.group_id).exists())


_MY_GROUP = Clause(
    _("It is with a group you work in."),
    _in_my_group,
    lambda principal: Q(group__in=_groups_of(principal).values("group")) if principal.user_id else NOTHING,
)
_MINE = named_in(_("You have it, or look after the customer."), "assignee", "owner")
_MY_COMPANIES = in_my_companies(or_in_none=True)


def _rule(action: str) -> Rule:
    return _MY_COMPANIES & within_reach("ticket", action, _MINE | _MY_GROUP)


TICKET_SEEN, TICKET_EDITED = _rule("view"), _rule("edit")
