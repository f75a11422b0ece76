"""What the card shows of what is known."""

from __future__ import annotations

from typing import Any

from filo.foundation.access.principal import Principal
from filo.operational.parties.models import Party
from filo.operational.profile.policies import may_change
from filo.operational.profile.queries import traits_of


def panel_of(principal: Principal, party: Party) -> dict[str, Any]:
    """The context of the panel on the card; who may write is offered the kinds when he asks for them."""
    may_write = may_change(principal, party)
    return {
        "party": party,
        "known": traits_of(party, principal),
        "may_write": may_write,
    }
