"""Who may see and keep price lists, discounts and coupons."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.reach import in_my_companies, within_reach
from filo.foundation.access.rules import NOTHING, Clause, Rule

_KEEP = dict.fromkeys(("view", "create", "edit", "delete"), "all")
_SEE = {"view": "all"}

PRICE = declare(
    AccessObject(
        code="price",
        label=_("Price lists"),
        actions=("view", "create", "edit", "delete"),
        ready={
            "administrator": _KEEP,
            "management": _KEEP,
            "area-manager": _SEE,
            "agent": _SEE,
            "inside-sales": _SEE,
            "care-operator": _SEE,
        },
    )
)

_NOBODYS = Clause(_("Price lists are nobody's own."), lambda _principal, _found: False, lambda _principal: NOTHING)


def _rule(action: str) -> Rule:
    return in_my_companies(or_in_none=True) & within_reach("price", action, _NOBODYS)


PRICE_SEEN, PRICE_KEPT = _rule("view"), _rule("edit")
