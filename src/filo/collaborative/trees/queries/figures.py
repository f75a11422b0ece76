"""How a tree is walked, node by node: how many came, stayed, went on, reached a person, and whom it helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from filo.collaborative.trees.graph import Graph
from filo.collaborative.trees.models import DecisionTree, TreeStep, TreeWalk
from filo.foundation import clock

KEPT_DAYS = 183
ALIVE = timedelta(hours=1)  # so long somebody may still be reading: he has not left


@dataclass(frozen=True)
class NodeFigures:
    """What happened at one node. `left` are those who went nowhere from it, and said nothing."""

    node: str
    reached: int = 0
    left: int = 0
    person: int = 0
    helped: int = 0
    unhelped: int = 0

    @property
    def went_on(self) -> int:
        """Those who came and went on to another node."""
        return max(0, self.reached - self.left - self.person - self.helped - self.unhelped)

    @property
    def parts(self) -> list[tuple[str, int]]:
        """What became of those who came, in the order in which it is drawn."""
        names = ("went_on", "helped", "person", "unhelped", "left")
        return [(name, getattr(self, name)) for name in names]


@dataclass(frozen=True)
class TreeFigures:
    """A tree over some days: how many walked it, whom it helped, and each node by its id."""

    walks: int
    helped: int
    unhelped: int
    person: int
    nodes: dict[str, NodeFigures]

    @property
    def percent(self) -> int | None:
        """How many of a hundred who said so were helped."""
        told = self.helped + self.unhelped
        return round(100 * self.helped / told) if told else None


def figures_of(tree: DecisionTree, graph: Graph, *, days: int = KEPT_DAYS) -> TreeFigures:
    """The figures of the nodes of a graph, over the last days. Who may still be walking counts as reached alone."""
    since = clock.now() - timedelta(days=days)
    walks = TreeWalk.objects.filter(tree=tree, began_at__gte=since)
    quiet = Q(helped=None, to_person=False, began_at__lt=clock.now() - ALIVE)
    rows = TreeStep.objects.filter(walk__in=walks).values("node").annotate(n=Count("id"))
    reached = {row["node"]: row["n"] for row in rows}
    ended: dict[str, dict[str, Any]] = {
        row["at"]: dict(row)
        for row in walks.values("at").annotate(
            quiet=Count("id", filter=quiet),
            persons=Count("id", filter=Q(to_person=True)),
            yes=Count("id", filter=Q(helped=True, to_person=False)),
            no=Count("id", filter=Q(helped=False, to_person=False)),
        )
    }
    nodes = {node.id: _of_node(node.id, reached.get(node.id, 0), ended.get(node.id, {})) for node in graph.nodes}
    whole = walks.aggregate(
        all=Count("id"),
        yes=Count("id", filter=Q(helped=True)),
        no=Count("id", filter=Q(helped=False)),
        persons=Count("id", filter=Q(to_person=True)),
    )
    return TreeFigures(whole["all"], whole["yes"], whole["no"], whole["persons"], nodes)


def _of_node(node_id: str, reached: int, ended: dict[str, Any]) -> NodeFigures:
    return NodeFigures(
        node_id, reached, ended.get("quiet", 0), ended.get("persons", 0), ended.get("yes", 0), ended.get("no", 0)
    )


def walked_lately(trees: list[DecisionTree], *, days: int = 30) -> dict[object, tuple[int, int, int]]:
    """For each tree how many walked it, how many it helped and how many it did not, over the last days."""
    since = clock.now() - timedelta(days=days)
    rows = (
        TreeWalk.objects.filter(tree__in=trees, began_at__gte=since)
        .values("tree")
        .annotate(n=Count("id"), yes=Count("id", filter=Q(helped=True)), no=Count("id", filter=Q(helped=False)))
    )
    return {row["tree"]: (row["n"], row["yes"], row["no"]) for row in rows}
