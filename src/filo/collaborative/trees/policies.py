"""Who may walk and write decision trees."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, Clause

_ALL = dict.fromkeys(("view", "create", "edit", "publish"), "all")
_WRITE = dict.fromkeys(("view", "create", "edit"), "all")
_READ = {"view": "all"}

TREE = declare(
    AccessObject(
        code="tree",
        label=_("Decision trees"),
        actions=("view", "create", "edit", "publish"),
        ready={
            "administrator": _ALL,
            "management": _ALL,
            "area-manager": _WRITE,
            "agent": _READ,
            "inside-sales": _WRITE,
            "researcher": _READ,
            "care-operator": _ALL,
        },
    )
)


def _rows(principal: Principal) -> Q:
    if not principal.may("tree", "view"):
        return NOTHING
    return EVERYTHING if principal.may("tree", "edit") else Q(live__isnull=False)


TREE_SEEN = Clause(
    _("It is published, or your role writes decision trees."),
    lambda principal, found: (
        principal.may("tree", "view") and (found.live_id is not None or principal.may("tree", "edit"))
    ),
    _rows,
)
