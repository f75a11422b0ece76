"""Who may see and stop work in the background: everybody one's own, who looks after the firm everything."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import READY_ROLES, AccessObject, declare

JOB = declare(
    AccessObject(
        code="job",
        label=_("Work in the background"),
        actions=("view", "edit"),
        ready={
            **{role: {"view": "own", "edit": "own"} for role in READY_ROLES},
            "administrator": {"view": "all", "edit": "all"},
            "management": {"view": "all", "edit": "own"},
        },
    )
)
