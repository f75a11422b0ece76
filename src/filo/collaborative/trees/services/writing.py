"""A tree is drawn, changed and thrown away; what is walked stays as it was published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.collaborative.trees.drafts import TreeFacts
from filo.collaborative.trees.events import TreeChanged, TreeRetired
from filo.collaborative.trees.graph import Graph
from filo.collaborative.trees.models import DecisionTree, TreeVersion
from filo.collaborative.trees.policies import TREE_SEEN
from filo.collaborative.trees.queries.trees import articles_in, ids_of
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, NotFound, Stale
from filo.foundation.events.services import announce
from filo.foundation.ids import uuid7

DRAWN = ("name", "code", "audience", "group_id", "draft")
Changes = dict[str, tuple[Any, Any]]


def draw_tree(
    principal: Principal,
    facts: TreeFacts,
    tree: DecisionTree | None = None,
    *,
    version: int | None = None,
    tree_id: UUID | None = None,
) -> DecisionTree:
    """Draw a new tree, or another state of one; articles may be named by code. The same again changes nothing.

    `tree_id` is that of one that was thrown away and comes back.

    Raises `Forbidden`, `InvalidFields`, `Stale` when somebody else has drawn meanwhile.
    """
    principal.require("tree", "edit" if tree else "create")
    if tree is not None and not TREE_SEEN.allows(principal, tree):
        raise Forbidden
    facts = replace(facts, graph=_with_ids(facts.graph))
    with transaction.atomic():
        found = _locked(principal, tree, tree_id or uuid7())
        if version is not None and tree is not None and version != found.version:
            raise Stale({}, version=found.version)
        changes = _applied(found, facts)
        if tree is not None and not changes:
            return found
        found.updated_at, found.version = clock.now(), found.version + 1
        found.save(force_insert=tree is None)
        record(principal, "tree.edit" if tree else "tree.create", kind="tree", object_id=found.id, changes=changes)
        announce(principal, TreeChanged(tree=found.id))
    return found


def draw_state(principal: Principal, tree: DecisionTree, number: int) -> DecisionTree:
    """Draw a tree as it was published before, for whom it was then. Raises `Forbidden`, `NotFound`."""
    kept = TreeVersion.objects.filter(tree=tree, number=number).first()
    if kept is None:
        raise NotFound
    return draw_tree(principal, TreeFacts(tree.name, kept.told, tree.code, kept.audience, tree.group_id), tree)


def remove_tree(principal: Principal, tree: DecisionTree) -> None:
    """Throw a tree away with how it was walked. Raises `Forbidden`, also of one that is walked without the right."""
    principal.require("tree", "publish" if tree.live_id else "edit")
    if not TREE_SEEN.allows(principal, tree):
        raise Forbidden
    with transaction.atomic():
        locked = DecisionTree.objects.select_for_update(of=("self",)).get(pk=tree.pk)
        changes: Changes = {name: (getattr(locked, name), None) for name in DRAWN}
        record(principal, "tree.remove", kind="tree", object_id=locked.id, changes=changes)
        announce(principal, TreeRetired(tree=locked.id))
        locked.delete()


def _locked(principal: Principal, tree: DecisionTree | None, new_id: UUID) -> DecisionTree:
    if tree is None:
        return DecisionTree(id=new_id, draft={}, author_id=principal.user_id, created_at=clock.now(), version=0)
    return DecisionTree.objects.select_for_update(of=("self",)).select_related("live").get(pk=tree.pk)


def _applied(found: DecisionTree, facts: TreeFacts) -> Changes:
    """Put the facts onto the row; gives what is different."""
    after = {
        "name": facts.name,
        "code": _code(facts, found),
        "audience": facts.audience,
        "group_id": facts.group_id,
        "draft": facts.graph.to_json(),
    }
    changes = {name: (getattr(found, name), value) for name, value in after.items() if getattr(found, name) != value}
    for name, value in after.items():
        setattr(found, name, value)
    found.__dict__.pop("drawn", None)
    return changes


def _code(facts: TreeFacts, found: DecisionTree) -> str:
    others = DecisionTree.objects.exclude(pk=found.pk)
    if facts.code and facts.code != found.code and others.filter(code=facts.code).exists():
        raise InvalidFields({"code": _("There is a tree at this address already.")})
    if facts.code or found.code:
        return facts.code or found.code
    base = slugify(facts.name)[:70] or "tree"
    taken = set(others.filter(code__startswith=base).values_list("code", flat=True))
    code, number = base, 1
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def _with_ids(graph: Graph) -> Graph:
    """Articles by their ids, whether they were named by code or id; those that are not there are named by nothing."""
    ids = ids_of(articles_in(graph))
    nodes = [replace(node, article=ids.get(node.article, "")) if node.article else node for node in graph.nodes]
    return replace(graph, nodes=nodes)
