"""Who may see and change interactions: their author and owner, the unit, or all, as the role says."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.reach import in_my_companies, named_in, within_reach
from filo.foundation.access.rules import NOTHING, Clause, Rule

_ALL = dict.fromkeys(("view", "create", "edit", "delete"), "all")
_OWN = dict.fromkeys(("view", "create", "edit", "delete"), "own")

INTERACTION = declare(
    AccessObject(
        code="interaction",
        label=_("Calls, meetings, notes, letters"),
        actions=("view", "create", "edit", "delete"),
        ready={
            "administrator": _ALL,
            "management": {"view": "all", "create": "all", "edit": "own"},
            "area-manager": {"view": "wide", "create": "wide", "edit": "own", "delete": "wide"},
            "agent": _OWN,
            "inside-sales": {"view": "all", "create": "all", "edit": "own"},
            "researcher": {"view": "own", "create": "own", "edit": "own"},
            "care-operator": {"view": "all", "create": "all", "edit": "own"},
        },
    )
)


_MINE = named_in(_("You wrote it or look after it."), "owner", "author")


def _mentions(principal: Principal) -> Q:
    rows = apps.get_model("interactions", "InteractionMention")._default_manager.filter(user=principal.user_id)
    return Q(pk__in=rows.values("interaction")) if principal.user_id else NOTHING


_NAMED = Clause(
    _("You are named in it with @."),
    lambda principal, found: bool(principal.user_id) and found.mentions.filter(user=principal.user_id).exists(),
    _mentions,
)
_MY_COMPANIES = in_my_companies(or_in_none=True)


def _rule(action: str) -> Rule:
    return _MY_COMPANIES & within_reach("interaction", action, _MINE)


INTERACTION_SEEN = _MY_COMPANIES & within_reach("interaction", "view", _MINE | _NAMED)
INTERACTION_EDITED, INTERACTION_DELETED = _rule("edit"), _rule("delete")
CALL_SEEN = within_reach("interaction", "view", named_in(_("It is your call."), "person"))
