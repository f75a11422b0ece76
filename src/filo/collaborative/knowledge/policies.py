"""Who may read and write articles."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.objects import AccessObject, declare
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, Clause

_ALL = dict.fromkeys(("view", "create", "edit", "publish"), "all")
_WRITE = dict.fromkeys(("view", "create", "edit"), "all")
_READ = {"view": "all"}

ARTICLE = declare(
    AccessObject(
        code="article",
        label=_("Articles of the knowledge base"),
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
    if not principal.may("article", "view"):
        return NOTHING
    return EVERYTHING if principal.may("article", "edit") else Q(state="published")


ARTICLE_SEEN = Clause(
    _("It is published, or your role writes articles."),
    lambda principal, found: (
        principal.may("article", "view") and (found.state == "published" or principal.may("article", "edit"))
    ),
    _rows,
)
