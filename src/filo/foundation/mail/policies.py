"""Who may see the mail that left: whoever may see the settings of the firm."""

from __future__ import annotations

from filo.foundation.access.principal import Principal


def sees_outbox(principal: Principal) -> bool:
    """Whether somebody sees what was sent to others."""
    return principal.may("settings", "view")
