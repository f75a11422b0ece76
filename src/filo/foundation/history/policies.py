"""Who reads everybody's changes: whoever looks after the people of the firm, as with the security log."""

from __future__ import annotations

from filo.foundation.access.principal import Principal


def sees_all_changes(principal: Principal) -> bool:
    """Whether the page of all changes is shown."""
    return principal.may("user", "manage")
