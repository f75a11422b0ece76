"""The rules that most objects share: one's own, the team's, the unit's, all of them; and only one's companies'."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, ByScope, Clause, Rule

_MY_TEAM = Clause(
    _("It belongs to your own team."),
    lambda principal, found: principal.unit_id is not None and found.unit_id == principal.unit_id,
    lambda principal: Q(unit=principal.unit_id) if principal.unit_id else NOTHING,
)
_MY_UNIT = Clause(
    _("It belongs to your unit or one below it."),
    lambda principal, found: found.unit_id in principal.unit_ids,
    lambda principal: Q(unit__in=principal.unit_ids) if principal.unit_ids else NOTHING,
)
_ANY = Clause(_("Your role sees all."), lambda _principal, _found: True, lambda _principal: EVERYTHING)


def named_in(sentence: str | Promise, *columns: str) -> Clause:
    """One's own is what names the person in one of these columns (`owner`, `created_by`)."""

    def yes(principal: Principal, found: Any) -> bool:
        return principal.user_id is not None and principal.user_id in [getattr(found, f"{name}_id") for name in columns]

    def rows(principal: Principal) -> Q:
        if principal.user_id is None:
            return NOTHING
        return reduce(or_, (Q(**{name: principal.user_id}) for name in columns))

    return Clause(sentence, yes, rows)


def within_reach(code: str, action: str, mine: Rule) -> Rule:
    """As far as the role's right on an object reaches: `mine`, or what has the person's unit, or all."""
    scopes: dict[Scope, Rule] = {
        Scope.OWN: mine,
        Scope.TEAM: mine | _MY_TEAM,
        Scope.UNIT: mine | _MY_UNIT,
        Scope.ALL: _ANY,
    }
    return ByScope(code, action, scopes)


def in_my_companies(*, or_in_none: bool) -> Clause:
    """With a selling company one works in; what is with no company at all counts if `or_in_none`."""

    def yes(principal: Principal, found: Any) -> bool:
        if principal.company_ids is None or (or_in_none and found.company_id is None):
            return True
        return found.company_id in principal.company_ids

    def rows(principal: Principal) -> Q:
        if principal.company_ids is None:
            return EVERYTHING
        mine = Q(company__in=principal.company_ids)
        return Q(company=None) | mine if or_in_none else mine

    return Clause(_("It is with a company you work in."), yes, rows)
