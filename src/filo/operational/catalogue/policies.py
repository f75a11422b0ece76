"""Who may see and keep the catalogue: all of the house see it; who keeps it is said by the role."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.reach import in_my_companies, within_reach
from filo.foundation.access.rules import NOTHING, Clause, Rule

_KEEP = dict.fromkeys(("view", "create", "edit", "delete"), "all")
_SEE = {"view": "all"}

PRODUCT = declare(
    AccessObject(
        code="product",
        label=_("Products"),
        actions=("view", "create", "edit", "delete"),
        ready={
            "administrator": _KEEP,
            "management": _KEEP,
            "area-manager": _SEE,
            "agent": _SEE,
            "inside-sales": _KEEP,
            "researcher": _SEE,
            "care-operator": _SEE,
        },
    )
)

_NOBODYS = Clause(_("Products are nobody's own."), lambda _principal, _found: False, lambda _principal: NOTHING)


def _rule(action: str) -> Rule:
    return in_my_companies(or_in_none=True) & within_reach("product", action, _NOBODYS)


PRODUCT_SEEN, PRODUCT_KEPT = _rule("view"), _rule("edit")
