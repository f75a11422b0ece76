"""A tree as it is drawn: nodes, the answers that lead from one to the next, and what each says in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

LANGUAGES = ("it", "en")
KINDS = {
    "question": pgettext_lazy("a node of a tree", "Question"),
    "article": pgettext_lazy("a node of a tree", "Article"),
    "message": pgettext_lazy("a node of a tree", "Message"),
    "action": pgettext_lazy("a node of a tree", "Action"),
    "goods": pgettext_lazy("a node of a tree", "Goods"),
}
ACTIONS = {
    "ticket": gettext_lazy("Open a request"),
    "person": gettext_lazy("Talk to a person"),
}
Said = Mapping[str, str]  # by language


@dataclass(frozen=True)
class Answer:
    """A way on from a question: `to` is the node that it leads to, empty while it leads nowhere.

    `value` is what it says of the fact that its question fills.
    """

    id: str
    text: Said
    to: str = ""
    value: str = ""


@dataclass(frozen=True)
class Node:
    """One step. `article` is the id of one; `next` is where an article or a message goes on, empty at an end.

    In a tree of the shop assistant a question `fills` a fact: a kind of the profile, or `product:` with an attribute of
    the catalogue; values without an answer of their own go on to `next`. Goods show what `filter`, as it stands in the
    address of a list of the shop, finds.
    """

    id: str
    kind: str
    text: Said = field(default_factory=dict)
    answers: Sequence[Answer] = ()
    article: str = ""
    action: str = ""
    next: str = ""
    fills: str = ""
    filter: str = ""
    x: int = 0
    y: int = 0

    @property
    def ways(self) -> list[str]:
        """The nodes that it leads to."""
        return [answer.to for answer in self.answers if answer.to] + ([self.next] if self.next else [])

    def answer(self, answer_id: str) -> Answer | None:
        """The answer of this id."""
        return next((one for one in self.answers if one.id == answer_id), None)


@dataclass(frozen=True)
class Title:
    """What a tree is called in one language, what it is for, and other words by which it is found."""

    title: str
    intro: str = ""
    words: str = ""


@dataclass(frozen=True)
class Graph:
    """All of a tree that is published or drawn; `texts` by language."""

    texts: Mapping[str, Title]
    start: str = ""
    nodes: Sequence[Node] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """The nodes by their ids."""
        return {node.id: node for node in self.nodes}

    @property
    def languages(self) -> list[str]:
        """The languages in which it has a title: those that it is told in."""
        return [language for language in LANGUAGES if language in self.texts]

    @cached_property
    def reached(self) -> frozenset[str]:
        """The nodes to which some way leads from the start."""
        found: set[str] = set()
        waiting = [self.start]
        while waiting:
            node = self.by_id.get(waiting.pop())
            if node is not None and node.id not in found:
                found.add(node.id)
                waiting += node.ways
        return frozenset(found)

    @cached_property
    def far(self) -> Mapping[str, int]:
        """How many steps are left from each node on the longest way; a way that comes back ends where it does."""
        found: dict[str, int] = {}
        for node in self._inside_out():
            found[node.id] = max((1 + found[to] for to in node.ways if to in found), default=0)
        return found

    def _inside_out(self) -> Iterator[Node]:
        """Each node after those that it leads to, without a call for each step of a long way."""
        seen: set[str] = set()
        for root in self.nodes:
            waiting: list[tuple[Node, bool]] = [(root, False)]
            while waiting:
                node, done = waiting.pop()
                if done:
                    yield node
                elif node.id not in seen:
                    seen.add(node.id)
                    waiting.append((node, True))
                    waiting += [(self.by_id[to], False) for to in node.ways if to in self.by_id]

    def to_json(self) -> dict[str, Any]:
        """As it is kept, and as it leaves in a file."""
        return {
            "texts": {language: vars(text).copy() for language, text in self.texts.items()},
            "start": self.start,
            "nodes": [_node_to_json(node) for node in self.nodes],
        }


def graph_from(kept: Mapping[str, Any]) -> Graph:
    """What was kept by `to_json`."""
    return Graph(
        {language: Title(**text) for language, text in kept["texts"].items()},
        kept["start"],
        [
            Node(**{**node, "answers": [Answer(**answer) for answer in node.get("answers", [])]})
            for node in kept["nodes"]
        ],
    )


def in_language(text: Said, language: str) -> tuple[str, str]:
    """What is said in a language, else in another one; with the language that it is in."""
    for one in (language[:2], *LANGUAGES):
        if text.get(one):
            return text[one], one
    return "", language[:2]


def said(text: Said) -> str:
    """What is said in the reader's language, else in another one."""
    return in_language(text, get_language() or "it")[0]


def _node_to_json(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"id": node.id, "kind": node.kind, "text": dict(node.text), "x": node.x, "y": node.y}
    if node.answers:
        found["answers"] = [_answer_to_json(one) for one in node.answers]
    names = ("article", "action", "next", "fills", "filter")
    return found | {name: getattr(node, name) for name in names if getattr(node, name)}


def _answer_to_json(one: Answer) -> dict[str, Any]:
    found = {"id": one.id, "text": dict(one.text), "to": one.to}
    return found | {"value": one.value} if one.value else found
