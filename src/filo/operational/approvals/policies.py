"""Who may see and decide approvals: those asked, as far as their role reaches, and whoever stands in for them."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import NOTHING, Clause, Rule
from filo.foundation.accounts.queries import people_who_ask, principal_of

_ALL = dict.fromkeys(("view", "decide"), "all")

APPROVAL = declare(
    AccessObject(
        code="approval",
        label=_("Approvals"),
        actions=("view", "decide"),
        ready={
            "administrator": _ALL,
            "management": _ALL,
            "area-manager": dict.fromkeys(("view", "decide"), "wide"),
            "agent": dict.fromkeys(("view", "decide"), "own"),
            "inside-sales": dict.fromkeys(("view", "decide"), "own"),
            "care-operator": dict.fromkeys(("view", "decide"), "own"),
        },
    )
)

_COMPANIES = in_my_companies(or_in_none=True)
_NAMED = named_in(_("You are asked."), "person")


def _by_role(action: str) -> Rule:
    return _COMPANIES & within_reach("approval", action, _NAMED)


_DECIDES = _by_role("decide")
STANDS_IN_UNTIL = "stands_in_until"


def absent_for(principal: Principal) -> list[Principal]:
    """Those whom this person stands in for today, with the rights that they have now."""
    today = clock.today()
    until = principal.also.get(STANDS_IN_UNTIL, today)  # unknown of who was not read by `people_who_ask`
    if principal.user_id is None or until is None or until < today:
        return []
    rows = apps.get_model("approvals", "StandIn")._default_manager.filter(
        stand_in=principal.user_id, from_day__lte=today, until_day__gte=today
    )
    people = people_who_ask().filter(pk__in=rows.values("person"), is_active=True)
    return [principal_of(person) for person in people]


def _stands_in(principal: Principal, found: Any) -> bool:
    return any(_DECIDES.allows(absent, found) for absent in absent_for(principal))


def _stood_in_for(principal: Principal) -> Q:
    return reduce(or_, (_DECIDES.rows(absent) for absent in absent_for(principal)), NOTHING)


_STAND_IN = Clause(_("You stand in for somebody who is asked."), _stands_in, _stood_in_for)
_ASKED = named_in(_("You asked for it."), "asked_by")

APPROVAL_SEEN = _by_role("view") | _ASKED | _STAND_IN
APPROVAL_DECIDED = _DECIDES | _STAND_IN
