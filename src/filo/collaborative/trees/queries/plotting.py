"""The nodes of a tree with their figures, in the order in which they are walked, as they are drawn in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from filo.collaborative.trees.checks import name_of
from filo.collaborative.trees.graph import KINDS, Graph, Node
from filo.collaborative.trees.queries.figures import NodeFigures, TreeFigures
from filo.collaborative.trees.queries.trees import articles_known

ICONS = {
    "question": "circle-help",
    "article": "book-open",
    "message": "message-circle",
    "action": "user-round",
    "goods": "shopping-bag",
}


@dataclass(frozen=True)
class Part:
    """What became of some of those who came: where its bar begins and how long it is, of a thousand."""

    name: str
    number: int
    begins: int
    length: int


@dataclass(frozen=True)
class ToldNode:
    """A node in a row; `depth` is how many steps it is from the start, on the shortest way."""

    node: Node
    name: str
    icon: str
    kind: str
    depth: int
    figures: NodeFigures
    parts: Sequence[Part]


def told_nodes(graph: Graph, figures: TreeFigures) -> list[ToldNode]:
    """From the start on, step by step; what nothing reaches comes last."""
    known = articles_known([node.article for node in graph.nodes if node.article])
    depths = _depths(graph)
    most = max((found.reached for found in figures.nodes.values()), default=0)
    rows = []
    for node in sorted(graph.nodes, key=lambda node: depths.get(node.id, 1000)):
        found = figures.nodes[node.id]
        name, kind = name_of(node, known), str(KINDS[node.kind])
        rows.append(ToldNode(node, name, ICONS[node.kind], kind, depths.get(node.id, 0), found, parts_of(found, most)))
    return rows


def parts_of(found: NodeFigures, most: int) -> list[Part]:
    """What became of those who came to a node, as bars one behind the other; the busiest node fills the line."""
    parts, begins = [], 0
    for name, number in found.parts:
        length = round(1000 * number / most) if most else 0
        if number:
            parts.append(Part(name, number, begins, max(length, 4)))
            begins += max(length, 4)
    return parts


def _depths(graph: Graph) -> dict[str, int]:
    found, layer, depth = dict[str, int](), [graph.start], 0
    while layer:
        here = [graph.by_id[one] for one in layer if one in graph.by_id and one not in found]
        found |= {node.id: depth for node in here}
        layer, depth = [to for node in here for to in node.ways if to not in found], depth + 1
    return found
