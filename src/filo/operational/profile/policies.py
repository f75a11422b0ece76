"""Who sees and changes what is known of a customer: whoever sees and changes the customer, and he himself."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import NOTHING
from filo.foundation.errors import Forbidden
from filo.operational.parties.policies import PARTY_EDITED


def is_his_own(principal: Principal, party_id: Any) -> bool:
    """Whether a customer who signed in asks about himself."""
    return principal.kind == "link" and party_id is not None and principal.also.get("party") == party_id


def traits_seen(principal: Principal, parties: type[Model]) -> Q:
    """The facts of customers whom this principal sees; a customer sees his own."""
    if principal.kind == "link":
        party = principal.also.get("party")
        return Q(party=party) if party else NOTHING
    return Q(party__in=parties._default_manager.visible_to(principal).order_by().values("pk"))  # type: ignore[attr-defined]


def may_change(principal: Principal, party: Any) -> bool:
    """Whether this principal may say what is known of a customer."""
    return is_his_own(principal, party.pk) or (principal.may("party", "edit") and PARTY_EDITED.allows(principal, party))


def require_to_change(principal: Principal, party: Any) -> None:
    """Raises `Forbidden` for who may not edit the customer and is not he."""
    if is_his_own(principal, party.pk):
        return
    principal.require("party", "edit")
    if not PARTY_EDITED.allows(principal, party):
        raise Forbidden
