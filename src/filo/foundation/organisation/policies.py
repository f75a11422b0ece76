"""Who finds the settings: whoever may see them, or looks after the people of the firm."""

from __future__ import annotations

from filo.foundation.access.principal import Principal


def sees_settings(principal: Principal) -> bool:
    """Whether the settings of the firm are shown."""
    return principal.may("settings", "view")


def finds_settings(principal: Principal) -> bool:
    """Whether there is anything in the settings for this principal."""
    return sees_settings(principal) or principal.may("user", "manage")
