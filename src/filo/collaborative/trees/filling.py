"""What trees of the shop assistant may have besides: questions that fill a fact, and goods."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.utils.translation import gettext as _

from filo.collaborative.trees.graph import Node
from filo.collaborative.trees.problems import Problem

OF_PRODUCT = "product:"


def filling_of(
    node: Node, audience: str, name: str, facts: Mapping[str, Collection[str]] | None = None
) -> Iterator[Problem]:
    """What is wrong with the fact that a question fills; `facts` by code with their values, None: not looked at."""
    if audience != "assistant":
        if node.kind == "goods" or node.fills:
            sentence = _("“%(name)s”: only trees for the shop assistant show goods and fill in facts.")
            yield Problem(node.id, "assistant-only", sentence % {"name": name})
        return
    if not node.fills:
        return
    values = None if node.fills.startswith(OF_PRODUCT) or facts is None else facts.get(node.fills)
    if not node.fills.startswith(OF_PRODUCT) and facts is not None and values is None:
        sentence = _("“%(name)s” fills in a fact that is not in use: choose another one.")
        yield Problem(node.id, "unknown-fact", sentence % {"name": name})
        return
    if node.fills.startswith(OF_PRODUCT) and not node.answers:
        yield Problem(node.id, "dead-end", _("“%(name)s” is a dead end: a question needs answers.") % {"name": name})
    for answer in node.answers:
        if not answer.value or (values is not None and answer.value not in values):
            sentence = _("“%(name)s”: an answer does not say which value it stands for.")
            yield Problem(node.id, "no-value", sentence % {"name": name})
            return
    if values is not None and not node.next and {answer.value for answer in node.answers} < set(values):
        sentence = _("“%(name)s”: say where all other values go on to.")
        yield Problem(node.id, "nowhere", sentence % {"name": name})
