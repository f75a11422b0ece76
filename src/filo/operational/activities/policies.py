"""Who may see and change tasks: whoever has to do them, made them, or leads the unit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.reach import named_in, within_reach
from filo.foundation.access.rules import Rule

_ALL = dict.fromkeys(("view", "create", "edit", "delete"), "all")
_OWN = dict.fromkeys(("view", "create", "edit", "delete"), "own")

TASK = declare(
    AccessObject(
        code="task",
        label=_("Tasks"),
        actions=("view", "create", "edit", "delete"),
        ready={
            "administrator": _ALL,
            "management": {"view": "all", "create": "all", "edit": "all"},
            "area-manager": dict.fromkeys(("view", "create", "edit", "delete"), "wide"),
            "agent": _OWN,
            "inside-sales": {"view": "all", "create": "all", "edit": "all"},
            "researcher": _OWN,
            "care-operator": {"view": "all", "create": "all", "edit": "own"},
        },
    )
)


_MINE = named_in(_("It is for you, or you made it."), "assignee", "created_by")


def _rule(action: str) -> Rule:
    return within_reach("task", action, _MINE)


TASK_SEEN, TASK_EDITED = _rule("view"), _rule("edit")
APPOINTMENT_SEEN = within_reach(
    "task", "view", named_in(_("It is your appointment, or you made it."), "owner", "created_by")
)
APPOINTMENT_EDITED = within_reach(
    "task", "edit", named_in(_("It is your appointment, or you made it."), "owner", "created_by")
)
