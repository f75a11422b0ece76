"""Who sees how Filo and the back office exchange data: who sees the settings of the firm."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, Clause


def sees_connectors(principal: Principal) -> bool:
    """Whether somebody sees connections and what came over them."""
    return principal.may("settings", "view")


CONNECTION_SEEN = Clause(
    _("You see the settings of the firm."),
    lambda principal, _found: sees_connectors(principal),
    lambda principal: EVERYTHING if sees_connectors(principal) else NOTHING,
)


def in_its_company(principal: Principal, company_id: UUID | None) -> Principal:
    """The same principal, for a back office that belongs to one company: of the others it is told nothing and moves
    nothing. None: it belongs to all.
    """
    if company_id is None:
        return principal
    own = principal.company_ids
    return replace(principal, company_ids=frozenset({company_id} if own is None or company_id in own else ()))
