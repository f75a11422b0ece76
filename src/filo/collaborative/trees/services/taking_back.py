"""How acts on trees are taken back: what is walked, and each part of a drawing that nobody has changed since."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction

from filo.collaborative.trees.drafts import TreeFacts
from filo.collaborative.trees.events import TreePublished, TreeRetired
from filo.collaborative.trees.graph import graph_from
from filo.collaborative.trees.models import DecisionTree, TreeVersion
from filo.collaborative.trees.queries.exporting import free_code
from filo.collaborative.trees.queries.trees import seen_tree
from filo.collaborative.trees.services.writing import DRAWN, draw_tree
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain, record
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.foundation.events.services import announce


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with("tree", "tree.edit", _put_back)
    undo_with("tree", "tree.remove", _brought_back)
    undo_with("tree", "tree.publish", _walked_back)
    undo_with("tree", "tree.retire", _walked_back)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    tree = seen_tree(principal, entry.object_id)
    now = {name: getattr(tree, name) for name in DRAWN}
    free, since = still_there(values, plain({name: now[name] for name in values if name in now}))
    if free:
        draw_tree(principal, _facts(now | free), tree)
    return PutBack(free, since)


def _brought_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """Thrown away by mistake: the drawing is there again, as a draft; how it was walked is not."""
    if "draft" not in values or DecisionTree.objects.filter(pk=entry.object_id).exists():
        return PutBack(left=list(values))
    facts = _facts({name: before for name, (before, _after) in values.items()})
    draw_tree(principal, replace(facts, code=free_code(facts.code)), tree_id=entry.object_id)
    return PutBack(list(values))


def _facts(found: dict[str, Any]) -> TreeFacts:
    group = found["group_id"]
    group_id = UUID(str(group)) if group else None
    return TreeFacts(found["name"], graph_from(found["draft"]), found["code"], found["audience"], group_id)


def _walked_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    tree = seen_tree(principal, entry.object_id)
    free, since = still_there(values, {"published": tree.live.number if tree.live else None})
    if free:
        _walk_again(principal, tree, free["published"])
    return PutBack(free, since)


def _walk_again(principal: Principal, tree: DecisionTree, number: int | None) -> None:
    """A state that was published before is walked again, or none."""
    principal.require("tree", "publish")
    with transaction.atomic():
        locked = DecisionTree.objects.select_for_update(of=("self",)).select_related("live").get(pk=tree.pk)
        before = locked.live.number if locked.live else None
        locked.live = TreeVersion.objects.filter(tree=locked, number=number).first() if number else None
        locked.updated_at, locked.version = clock.now(), locked.version + 1
        locked.save()
        action = "tree.publish" if locked.live else "tree.retire"
        record(principal, action, kind="tree", object_id=locked.id, changes={"published": (before, number)})
        announce(principal, TreePublished(tree=locked.id, number=number) if number else TreeRetired(tree=locked.id))
