"""The tree that is drawn for a topic, gone through with what is known: what is known is not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from filo.collaborative.assistant.models import GuidedTopic
from filo.collaborative.assistant.queries.asking import Question, question
from filo.collaborative.knowledge.questions.stems import stems
from filo.collaborative.trees.filling import OF_PRODUCT
from filo.collaborative.trees.graph import Graph, Node, said
from filo.collaborative.trees.models import DecisionTree
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import fold


@dataclass
class Guided:
    """How far a tree leads. asks: what is missing; passed: what was known; said: what was answered, in words.

    attributes: of the catalogue, as (name, value, label). told: messages on the way. end: where it leads.
    """

    code: str
    graph: Graph
    asks: list[Question] = field(default_factory=list)
    passed: list[Question] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    end: Node | None = None

    @property
    def filter(self) -> str:
        """What it shows of the shop, as it stands in the address of a list."""
        return self.end.filter if self.end and self.end.kind == "goods" else ""

    @property
    def shows_goods(self) -> bool:
        """Whether something is proposed: not where it ends with a message or a person."""
        return self.end is None or self.end.kind == "goods"

    @property
    def to_person(self) -> bool:
        """Whether a person goes on from here."""
        return self.end is not None and self.end.kind == "action"


def guide_for(topic: str) -> DecisionTree | None:
    """The first tree whose words meet the topic; one without words is for every topic."""
    asked = _stems(topic)
    rows = GuidedTopic.objects.select_related("tree__live").filter(tree__live__audience="assistant")
    ordered = sorted(rows, key=lambda row: not row.words)  # the one for everything comes last
    return next((row.tree for row in ordered if not row.words.strip() or asked & _stems(row.words)), None)


def fills_of(graph: Graph) -> list[str]:
    """The kinds of facts of the profile that its questions fill."""
    found = [node.fills for node in graph.nodes if node.fills and not node.fills.startswith(OF_PRODUCT)]
    return list(dict.fromkeys(found))


def gone_through(code: str, graph: Graph, facts: Mapping[str, Sequence[str]], ways: Mapping[str, str]) -> Guided:
    """As far as it leads: past every question whose answer is known, and past those that lead to one place only.

    facts: by kind, what is known; ways: the ids of answers that were chosen, by node.
    """
    found, seen = Guided(code, graph), set()
    node = graph.by_id.get(graph.start)
    while node is not None and node.id not in seen:
        seen.add(node.id)
        if node.kind == "question":
            node = graph.by_id.get(_past(found, node, facts, ways))
            continue
        if not found.asks and said(node.text):
            found.told.append(said(node.text))
        if not node.next and (node.kind == "goods" or not found.asks):
            found.end = node
        node = graph.by_id.get(node.next)
    return found


def _past(found: Guided, node: Node, facts: Mapping[str, Sequence[str]], ways: Mapping[str, str]) -> str:
    """The node that comes after a question; empty where it has to be answered first."""
    asked = asked_at(node)
    if asked is None:  # a kind of fact that the firm has taken out of use
        return node.next or next(iter(node.ways), "")
    if asked.kind is not None:
        values = facts.get(asked.kind.code, ())
        answer = next((one for one in node.answers if one.value in values), None)
        if values:
            found.passed.append(asked)
            return answer.to if answer and answer.to else node.next
    elif answer := node.answer(ways.get(node.id, "")):
        found.passed.append(asked)
        label = said(answer.text) or answer.value
        found.said.append((asked.label, label))
        if node.fills:
            name = node.fills.removeprefix(OF_PRODUCT)
            found.attributes.append((fold(name), fold(answer.value), label))
        return answer.to
    found.asks.append(asked)
    on = set(node.ways)
    return on.pop() if len(on) == 1 else ""


def asked_at(node: Node) -> Question | None:
    """What a node asks; None where the fact that it fills is not in use."""
    if node.fills and not node.fills.startswith(OF_PRODUCT):
        try:
            found = question(node.fills)
        except InvalidFields:
            return None
        return Question(found.kind, found.choices, node)
    return Question(None, [(one.id, said(one.text) or one.value) for one in node.answers], node)


def _stems(text: str) -> frozenset[str]:
    return stems(text, "it") | stems(text, "en")
