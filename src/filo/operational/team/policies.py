"""Who may see what a colleague did in a day, and plan it: whoever leads him. Everybody sees his own day."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.reach import within_reach
from filo.foundation.access.rules import NOTHING, Clause

TEAM = declare(
    AccessObject(
        code="team",
        label=_("Day of the team"),
        actions=("view", "edit"),
        ready={
            "administrator": {"view": "all", "edit": "all"},
            "management": {"view": "all", "edit": "all"},
            "area-manager": {"view": "unit", "edit": "unit"},
            "agent": {"view": "own"},
            "inside-sales": {"view": "own"},
            "researcher": {"view": "own"},
            "care-operator": {"view": "own"},
        },
    )
)

_ME = Clause(
    _("It is your own day."),
    lambda principal, person: principal.user_id is not None and person.pk == principal.user_id,
    lambda principal: Q(pk=principal.user_id) if principal.user_id else NOTHING,
)
TEAM_SEEN, TEAM_PLANNED = within_reach("team", "view", _ME), within_reach("team", "edit", _ME)
