"""A tree is walked: step by step, back, and to its end; who walks is not known, where they stayed is counted."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.trees.graph import Node
from filo.collaborative.trees.models import DecisionTree, TreeStep, TreeWalk
from filo.foundation import clock
from filo.foundation.errors import DomainError, NotFound


def begin_walk(tree: DecisionTree, *, channel: str) -> TreeWalk:
    """A walk of what is published, at its first node. Raises `NotFound` where nothing is."""
    if tree.live is None or tree.live.audience == "assistant":  # walked by the shop assistant, in its own way
        raise NotFound
    with transaction.atomic():
        walk = TreeWalk.objects.create(
            tree=tree, version=tree.live, channel=channel, at=tree.live.told.start, began_at=clock.now()
        )
        TreeStep.objects.create(walk=walk, node=walk.at, at=clock.now())
    return walk


def take_step(walk: TreeWalk, node_id: str, answer_id: str = "") -> TreeWalk:
    """Go on from a node by an answer, or past an article or a message. What came after that node is left.

    Raises `NotFound` for a node that this walk has not come to, `DomainError` for what is no way on from it.
    """
    with transaction.atomic():
        locked = TreeWalk.objects.select_for_update(of=("self",)).select_related("version").get(pk=walk.pk)
        node = _come_to(locked, node_id)
        to = _way_on(node, answer_id)
        if to not in locked.version.told.by_id:
            raise DomainError(_("This answer leads nowhere. Choose another one."), code="no-way-on")
        locked.path = [*_before(locked, node_id), [node_id, answer_id]]
        locked.at, locked.helped = to, None
        locked.save(update_fields=["path", "at", "helped"])
        if not TreeStep.objects.filter(walk=locked, node=to).exists():
            TreeStep.objects.create(walk=locked, node=to, at=clock.now())
    return locked


def say_helped(walk: TreeWalk, node_id: str, *, helped: bool) -> TreeWalk:
    """Whether what stands at a node helped; said again it is what was said last. Raises `NotFound`."""
    return _end_at(walk, node_id, helped=helped)


def note_person(walk: TreeWalk, node_id: str) -> TreeWalk:
    """From this node it went to a person. Raises `NotFound`."""
    return _end_at(walk, node_id, to_person=True)


def _end_at(walk: TreeWalk, node_id: str, **facts: bool) -> TreeWalk:
    with transaction.atomic():
        locked = TreeWalk.objects.select_for_update(of=("self",)).select_related("version").get(pk=walk.pk)
        _come_to(locked, node_id)
        locked.path, locked.at = _before(locked, node_id), node_id
        for name, value in facts.items():
            setattr(locked, name, value)
        locked.save(update_fields=["path", "at", *facts])
    return locked


def _come_to(walk: TreeWalk, node_id: str) -> Node:
    node = walk.version.told.by_id.get(node_id)
    if node is None or (node_id != walk.at and node_id not in [one for one, _answer in walk.path]):
        raise NotFound
    return node


def _before(walk: TreeWalk, node_id: str) -> list[list[str]]:
    """The way so far up to a node that it has come to."""
    nodes = [one for one, _answer in walk.path]
    path: list[list[str]] = walk.path
    return path[: nodes.index(node_id)] if node_id in nodes else path


def _way_on(node: Node, answer_id: str) -> str:
    if node.kind == "question":
        answer = node.answer(answer_id)
        if answer is None:
            raise DomainError(_("Choose one of the answers."), code="no-answer")
        return answer.to
    if not node.next:
        raise DomainError(_("Here it ends."), code="no-way-on")
    return node.next
