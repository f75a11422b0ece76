"""Who may see, write and issue invoices: whoever looks after the customer, the unit, or all, as the role says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import Rule

ACTIONS = ("view", "create", "edit", "issue")
_ALL = dict.fromkeys(ACTIONS, "all")

# An agent looks at what his customers were asked to pay, and at drafts for them; to issue is the office's.
INVOICE = declare(
    AccessObject(
        code="invoice",
        label=_("Invoices"),
        actions=ACTIONS,
        ready={
            "administrator": _ALL,
            "management": _ALL,
            "area-manager": dict.fromkeys(("view", "create", "edit"), "wide"),
            "agent": dict.fromkeys(("view", "create", "edit"), "own"),
            "inside-sales": _ALL,
            "researcher": {"view": "own"},
            "care-operator": {"view": "all"},
        },
    )
)
_MINE = named_in(_("You look after the customer."), "owner")
_MY_COMPANIES = in_my_companies(or_in_none=False)


def _rule(action: str) -> Rule:
    return _MY_COMPANIES & within_reach("invoice", action, _MINE)


INVOICE_SEEN, INVOICE_EDITED, INVOICE_ISSUED = (_rule(action) for action in ("view", "edit", "issue"))
