"""Who may see, write and ship orders: whoever has or wrote them, the unit, or all, as the role says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import Rule

ACTIONS = ("view", "create", "edit", "ship")
_ALL = dict.fromkeys(ACTIONS, "all")

ORDER = declare(
    AccessObject(
        code="order",
        label=_("Orders"),
        actions=ACTIONS,
        maskable={"cost": _("Cost and margin")},
        ready={
            "administrator": _ALL,
            "management": _ALL,
            "area-manager": dict.fromkeys(ACTIONS, "wide"),
            "agent": dict.fromkeys(("view", "create", "edit"), "own"),
            "inside-sales": _ALL,
            "care-operator": {"view": "all"},
        },
        ready_masks={"agent": ("cost",), "care-operator": ("cost",)},
    )
)
_MINE = named_in(_("You have it, or wrote it."), "owner", "created_by")


def _rule(action: str) -> Rule:
    return in_my_companies(or_in_none=False) & within_reach("order", action, _MINE)


ORDER_SEEN, ORDER_EDITED, ORDER_SHIPPED = (_rule(action) for action in ("view", "edit", "ship"))
