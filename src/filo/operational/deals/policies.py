"""Who may see and work deals: whoever has them, the unit, or all, as the role says.

A customer may be shared; a deal is not: two agents who work the same customer see their own deals alone.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import Rule

ACTIONS = ("view", "create", "edit", "assign", "delete")
_ALL = dict.fromkeys(ACTIONS, "all")
_OWN = dict.fromkeys(("view", "create", "edit", "delete"), "own")

DEAL = declare(
    AccessObject(
        code="deal",
        label=_("Deals"),
        actions=ACTIONS,
        ready={
            "administrator": _ALL,
            "management": _ALL,
            "area-manager": dict.fromkeys(ACTIONS, "wide"),
            "agent": _OWN,
            "inside-sales": dict.fromkeys(("view", "create", "edit", "assign"), "all"),
            "researcher": {"view": "own", "create": "own"},
            "care-operator": {"view": "all"},
        },
    )
)
_MINE = named_in(_("You have it."), "owner")
_MY_COMPANIES = in_my_companies(or_in_none=True)


def _rule(action: str) -> Rule:
    return _MY_COMPANIES & within_reach("deal", action, _MINE)


DEAL_SEEN, DEAL_EDITED, DEAL_ASSIGNED, DEAL_DELETED = (_rule(action) for action in ("view", "edit", "assign", "delete"))
