"""What has to be mended before a tree can be published, in sentences that name the node."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from filo.collaborative.trees.filling import filling_of
from filo.collaborative.trees.graph import LANGUAGES, Graph, Node, Said, said
from filo.collaborative.trees.problems import Known, Problem

_WIDER = {
    "public": ("public",),
    "customers": ("public", "customers"),
    "internal": ("public", "customers", "internal"),
    "assistant": ("public",),
}


def problems_of(
    graph: Graph,
    audience: str,
    articles: Mapping[str, Known],
    today: date,
    facts: Mapping[str, Collection[str]] | None = None,
) -> list[Problem]:
    """All that is wrong, what stops first. `articles` are those that the nodes name, by id.

    `facts` are the kinds of the profile that a question can fill, each with its values.
    """
    found = [*_of_the_tree(graph)]
    for node in graph.nodes:
        found += _of_node(graph, node, name_of(node, articles))
        found += filling_of(node, audience, name_of(node, articles), facts)
        if node.kind == "article":
            found += _of_article(node, audience, articles.get(node.article), graph, today)
    found += _cycles(graph)
    return sorted(found, key=lambda problem: problem.weight != "stop")


def stopping(found: list[Problem]) -> list[Problem]:
    """Those that keep a tree from being published."""
    return [problem for problem in found if problem.weight == "stop"]


def name_of(node: Node, articles: Mapping[str, Known] | None = None) -> str:
    """What a node is called in a sentence: the beginning of what it says."""
    text = " ".join(said(node.text).split())
    known = (articles or {}).get(node.article)
    text = text or (known.title if known else "") or node.id
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def _of_the_tree(graph: Graph) -> Iterator[Problem]:
    if not graph.texts:
        yield Problem("", "no-title", _("The tree has no title: give it one in Italian, in English or in both."))
    elif missing := [language for language in LANGUAGES if language not in graph.texts]:
        sentence = (
            _("There is no English: whoever reads English gets the Italian text.")
            if missing == ["en"]
            else _("There is no Italian: whoever reads Italian gets the English text.")
        )
        yield Problem("", "one-language", sentence, "hint")
    if not graph.nodes:
        yield Problem("", "empty", _("There is no node yet: begin with a question."))
    elif graph.start not in graph.by_id:
        yield Problem("", "no-start", _("Nothing says where it begins: choose the first node."))


def _of_node(graph: Graph, node: Node, name: str) -> Iterator[Problem]:
    if graph.start in graph.by_id and node.id not in graph.reached:
        yield Problem(node.id, "unreached", _("Nothing leads to “%(name)s”.") % {"name": name})
    if node.kind != "article" and not (node.kind == "goods" or node.fills):
        yield from _languages(graph, node.id, node.text, name)
    if node.kind == "question":
        yield from _of_question(graph, node, name)
    elif node.kind == "action" and not node.action:
        yield Problem(node.id, "no-action", _("“%(name)s” does not say what is to be done.") % {"name": name})
    if node.next and node.next not in graph.by_id:
        sentence = _("“%(name)s” goes on to a node that is not there.") % {"name": name}
        yield Problem(node.id, "nowhere", sentence)


def _of_question(graph: Graph, node: Node, name: str) -> Iterator[Problem]:
    if not node.answers and not node.next:
        sentence = _("“%(name)s” is a dead end: a question needs answers.") % {"name": name}
        yield Problem(node.id, "dead-end", sentence)
    for number, answer in enumerate(node.answers, start=1):
        words = said(answer.text) or pgettext("an answer without words", "number %(n)s") % {"n": number}
        if not answer.to:
            sentence = _("“%(name)s”: the answer “%(answer)s” leads nowhere.") % {"name": name, "answer": words}
            yield Problem(node.id, "nowhere", sentence)
        elif answer.to not in graph.by_id:
            sentence = _("“%(name)s”: the answer “%(answer)s” leads to a node that is not there.")
            yield Problem(node.id, "nowhere", sentence % {"name": name, "answer": words})
        where = _("%(name)s: %(answer)s") % {"name": name, "answer": words}
        yield from _languages(graph, node.id, answer.text, where)


def _languages(graph: Graph, node_id: str, text: Said, name: str) -> Iterator[Problem]:
    """Each language in which the tree has a title is told at every step."""
    for language in graph.languages:
        if not text.get(language):
            sentence = (
                _("“%(name)s” has no Italian text.") if language == "it" else _("“%(name)s” has no English text.")
            )
            yield Problem(node_id, f"missing-{language}", sentence % {"name": name})


def _of_article(node: Node, audience: str, known: Known | None, graph: Graph, today: date) -> Iterator[Problem]:
    name = name_of(node, {node.article: known} if known else None)
    if not node.article:
        yield Problem(node.id, "no-article", _("“%(name)s” names no article yet.") % {"name": name})
        return
    if known is None:
        yield Problem(node.id, "no-article", _("The article of “%(name)s” is not there any more.") % {"name": name})
        return
    if known.state != "published":
        yield Problem(node.id, "unpublished", _("The article “%(name)s” is not published.") % {"name": known.title})
    elif known.audience not in _WIDER[audience]:
        sentence = {
            "public": _("The article “%(name)s” is not for everybody, but the tree is."),
            "customers": _("The article “%(name)s” is for colleagues only, but the tree is for customers."),
            "assistant": _("The article “%(name)s” is not for everybody, but the tree is."),
        }[audience]
        yield Problem(node.id, "audience", sentence % {"name": known.title})
    if known.valid_to is not None and known.valid_to < today:
        yield Problem(node.id, "over", _("The article “%(name)s” does not hold any more.") % {"name": known.title})
    for language in graph.languages:
        if known.languages and language not in known.languages:
            sentence = (
                _("The article “%(name)s” has no Italian text.")
                if language == "it"
                else _("The article “%(name)s” has no English text.")
            )
            yield Problem(node.id, f"missing-{language}", sentence % {"name": known.title}, "hint")


def _cycles(graph: Graph) -> Iterator[Problem]:
    """Each way that comes back to a node it has passed; told once, at the node that leads back."""
    state: dict[str, str] = {}
    for root in graph.nodes:
        waiting: list[tuple[Node, list[str]]] = [] if root.id in state else [(root, list(root.ways))]
        state.setdefault(root.id, "open")
        while waiting:
            node, ways = waiting[-1]
            if not ways:
                state[node.id] = "done"
                waiting.pop()
                continue
            to = graph.by_id.get(ways.pop(0))
            if to is None:
                continue
            if to.id not in state:
                state[to.id] = "open"
                waiting.append((to, list(to.ways)))
            elif state[to.id] == "open":
                sentence = (
                    _("“%(name)s” leads to itself.") % {"name": name_of(node)}
                    if to is node
                    else _("“%(name)s” leads back to “%(first)s”: one would go round in a circle.")
                    % {"name": name_of(node), "first": name_of(to)}
                )
                yield Problem(node.id, "cycle", sentence)
