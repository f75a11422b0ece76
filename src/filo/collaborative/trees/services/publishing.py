"""A tree is published as it is drawn now, and taken back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from filo.collaborative.trees.checks import stopping
from filo.collaborative.trees.events import TreePublished, TreeRetired
from filo.collaborative.trees.models import DecisionTree, TreeVersion
from filo.collaborative.trees.policies import TREE_SEEN
from filo.collaborative.trees.problems import Problem
from filo.collaborative.trees.queries.trees import checked_graph
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.events.services import announce


class NotWalkable(InvalidFields):
    """A tree has faults that nobody should meet: `problems` are all of them, `fields["tree"]` their sentences."""

    code = "not-walkable"
    sentence = _("The tree cannot be published yet.")

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__({"tree": [problem.sentence for problem in problems]})
        self.problems = problems


def publish_tree(principal: Principal, tree: DecisionTree, *, version: int | None = None) -> DecisionTree:
    """From now on it is walked as it is drawn; who is on a walk goes on in what he began. Twice is once.

    Raises `Forbidden`, `NotWalkable`, `Stale` when what was looked at is not what is drawn any more.
    """
    principal.require("tree", "publish")
    if not TREE_SEEN.allows(principal, tree):
        raise Forbidden
    with transaction.atomic():
        locked = DecisionTree.objects.select_for_update(of=("self",)).select_related("live").get(pk=tree.pk)
        if version is not None and version != locked.version:
            raise Stale({}, version=locked.version)
        if problems := stopping(checked_graph(locked.drawn, locked.audience)):
            raise NotWalkable(problems)
        if locked.live is not None and not locked.is_ahead:
            return locked
        before = locked.live.number if locked.live else None
        locked.live = _kept(principal, locked)
        _keep(locked)
        changes = {"published": (before, locked.live.number)}
        record(principal, "tree.publish", kind="tree", object_id=locked.id, changes=changes)
        announce(principal, TreePublished(tree=locked.id, number=locked.live.number))
    return locked


def retire_tree(principal: Principal, tree: DecisionTree) -> DecisionTree:
    """Nobody walks it any more; it can be published again. Raises `Forbidden`."""
    principal.require("tree", "publish")
    if not TREE_SEEN.allows(principal, tree):
        raise Forbidden
    with transaction.atomic():
        locked = DecisionTree.objects.select_for_update(of=("self",)).select_related("live").get(pk=tree.pk)
        if locked.live is None:
            return locked
        changes = {"published": (locked.live.number, None)}
        locked.live = None
        _keep(locked)
        record(principal, "tree.retire", kind="tree", object_id=locked.id, changes=changes)
        announce(principal, TreeRetired(tree=locked.id))
    return locked


def _kept(principal: Principal, tree: DecisionTree) -> TreeVersion:
    last = TreeVersion.objects.filter(tree=tree).aggregate(last=Max("number"))["last"] or 0
    return TreeVersion.objects.create(
        tree=tree,
        number=last + 1,
        graph=tree.draft,
        audience=tree.audience,
        author_id=principal.user_id,
        at=clock.now(),
    )


def _keep(tree: DecisionTree) -> None:
    """Its version moves on too: what is offered to be undone or saved over is another one now."""
    tree.updated_at, tree.version = clock.now(), tree.version + 1
    tree.save()
