"""Who may look after people, roles, units and settings, and look through another's eyes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare

_EVERYTHING = {"view": "all", "create": "all", "edit": "all", "delete": "all", "manage": "all"}

USER = declare(
    AccessObject(
        code="user",
        label=_("People of the firm"),
        actions=("view", "create", "edit", "manage"),
        ready={
            "administrator": _EVERYTHING,
            "management": {"view": "all"},
            "area-manager": {"view": "all"},
            "agent": {"view": "all"},
            "inside-sales": {"view": "all"},
            "researcher": {"view": "all"},
            "care-operator": {"view": "all"},
        },
    )
)
SETTINGS = declare(
    AccessObject(
        code="settings",
        label=_("Settings of the firm"),
        actions=("view", "edit"),
        ready={"administrator": _EVERYTHING, "management": {"view": "all"}},
    )
)
