"""Who may read the figures of the system: owners, and a token made for whoever watches."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal

METRICS = declare(
    AccessObject(
        code="metrics",
        label=_("Figures of the system"),
        actions=("view",),
        ready={"administrator": {"view": "all"}, "management": {"view": "all"}},
    )
)


def sees_health(principal: Principal) -> bool:
    """Whether *Health* is shown."""
    return principal.may("settings", "view")
