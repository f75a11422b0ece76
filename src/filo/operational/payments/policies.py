"""Who may see and record payments, and what is owed: whoever follows the customer, the unit, or all, by role."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import Rule
from filo.foundation.errors import Forbidden

ACTIONS = ("view", "create", "edit", "refund", "import")
_ALL = dict.fromkeys(ACTIONS, "all")

PAYMENT = declare(
    AccessObject(
        code="payment",
        label=_("Payments"),
        actions=ACTIONS,
        ready={
            "administrator": _ALL,
            "management": _ALL,
            "area-manager": {"view": "wide", "create": "wide", "edit": "wide"},
            "agent": {"view": "own", "create": "own"},
            "inside-sales": _ALL,
            "researcher": {"view": "own"},
            "care-operator": {"view": "all"},
        },
    )
)
_MINE = named_in(_("You follow the customer, or wrote it."), "owner", "created_by")


def _rule(action: str) -> Rule:
    return in_my_companies(or_in_none=False) & within_reach("payment", action, _MINE)


DUE_SEEN, DUE_EDITED = _rule("view"), _rule("edit")
DUE_PAID = _rule("create")
PAYMENT_SEEN, PAYMENT_EDITED, PAYMENT_REFUNDED = _rule("view"), _rule("edit"), _rule("refund")
BANKFILE_SEEN = in_my_companies(or_in_none=False) & within_reach(
    "payment", "import", named_in(_("You read it in."), "created_by")
)


def require_company(principal: Principal, company_id: UUID) -> None:
    """Nothing is written for a company that one does not work in. Raises `Forbidden`."""
    if principal.company_ids is not None and company_id not in principal.company_ids:
        raise Forbidden
