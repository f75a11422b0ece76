"""Who may have events sent to other programs, and who may read them: whoever looks after the firm's settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal

WEBHOOK = declare(
    AccessObject(
        code="webhook",
        label=_("Webhooks"),
        actions=("view", "create", "edit", "delete"),
        ready={
            "administrator": dict.fromkeys(("view", "create", "edit", "delete"), "all"),
            "management": {"view": "all"},
        },
    )
)
EVENT = declare(
    AccessObject(
        code="event",
        label=_("Events"),
        actions=("view",),
        ready={"administrator": {"view": "all"}, "management": {"view": "all"}},
    )
)


def sees_webhooks(principal: Principal) -> bool:
    """Whether somebody sees to whom events are sent."""
    return principal.may(WEBHOOK.code, "view")


def sees_events(principal: Principal) -> bool:
    """Whether somebody sees what is announced."""
    return principal.may(EVENT.code, "view")
