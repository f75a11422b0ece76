"""Who sees how Filo and the back office exchange data: who sees the settings of the firm."""

from __future__ import annotations

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
