"""A tree as a file that another Filo reads."""

from __future__ import annotations

from typing import Any

from filo.collaborative.trees.graph import Graph
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.queries.trees import articles_in, codes_of


def exported(tree: DecisionTree, *, draft: bool) -> dict[str, Any]:
    """What is drawn, or what is walked; articles are named by their codes, which hold elsewhere too."""
    if draft or tree.live is None:
        return shown(tree, tree.drawn, tree.audience)
    return shown(tree, tree.live.told, tree.live.audience)


def shown(tree: DecisionTree, graph: Graph, audience: str) -> dict[str, Any]:
    """A state of a tree with its articles by their codes."""
    found, codes = graph.to_json(), codes_of(articles_in(graph))
    for node in found["nodes"]:
        if "article" in node:
            node["article"] = codes.get(node["article"], node["article"])
    return {"filo": "tree/1", "name": tree.name, "code": tree.code, "audience": audience, **found}


def free_code(code: str) -> str:
    """The code where nobody has it, else none, so that one is made of the name."""
    return "" if not code or DecisionTree.objects.filter(code=code).exists() else code
