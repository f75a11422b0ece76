"""How changes of trees read, in words, and how they are taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.trees.models import AUDIENCES, DecisionTree
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.service.models import ServiceGroup

FIELDS: dict[str, Label] = {
    "name": gettext_lazy("Name"),
    "code": gettext_lazy("Address"),
    "audience": gettext_lazy("For whom"),
    "group_id": gettext_lazy("Group"),
    "draft": gettext_lazy("What is drawn"),
    "published": pgettext_lazy("a tree", "Published state"),
}
ACTIONS: dict[str, Label] = {
    "tree.create": pgettext_lazy("a tree", "Drawn"),
    "tree.edit": pgettext_lazy("a tree", "Changed"),
    "tree.publish": pgettext_lazy("a tree", "Published"),
    "tree.retire": pgettext_lazy("a tree", "Taken back"),
    "tree.remove": pgettext_lazy("a tree", "Thrown away"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("tree", gettext_lazy("Decision trees"), FIELDS, words=_of_trees, actions=ACTIONS)


def _of_trees(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = DecisionTree.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {tree.pk: Thing(tree.name, f"/trees/{tree.pk}") for tree in seen}
    groups = {str(group.pk): group.name for group in ServiceGroup.objects.all()} if _names_groups(entries) else {}

    def value(name: str, raw: Any) -> str:
        if name == "draft":
            nodes = len(raw["nodes"]) if isinstance(raw, dict) and isinstance(raw.get("nodes"), list) else 0
            return _("%(n)s nodes") % {"n": nodes}
        if name == "audience" and raw:
            return str(dict(AUDIENCES).get(str(raw), raw))
        return groups.get(str(raw)) or value_words(raw)

    return Telling(value, things)


def _names_groups(entries: Sequence[AuditEntry]) -> bool:
    return any("group_id" in entry.changes for entry in entries)
