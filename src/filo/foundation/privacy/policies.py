"""Who may see and decide how long data is kept: whoever looks after the firm."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal

PRIVACY = declare(
    AccessObject(
        code="privacy",
        label=_("Privacy and retention"),
        actions=("view", "edit"),
        ready={
            "administrator": {"view": "all", "edit": "all"},
            "management": {"view": "all"},
        },
    )
)


def sees_privacy(principal: Principal) -> bool:
    """Whether somebody sees what is kept, for how long and why."""
    return principal.may(PRIVACY.code, "view")


def decides_privacy(principal: Principal) -> bool:
    """Whether somebody makes rules of retention, and holds."""
    return principal.may(PRIVACY.code, "edit")
