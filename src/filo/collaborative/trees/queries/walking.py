"""One step of a walk as it is shown: what stands there, the ways on, the way so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from filo.collaborative.knowledge.models import Article, ArticleText
from filo.collaborative.trees.graph import Node, in_language, said
from filo.collaborative.trees.models import ALLOWED, DecisionTree, TreeWalk
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound


@dataclass(frozen=True)
class Way:
    """An answer that can be chosen, in a language."""

    id: str
    text: str
    language: str


@dataclass(frozen=True)
class Passed:
    """A node that was passed, what it asked, and what was chosen there."""

    node: str
    asked: str
    chosen: str


@dataclass(frozen=True)
class ToldArticle:
    """An article with its text in a language; whether it holds, will hold, or does not any more."""

    article: Article
    text: ArticleText
    is_over: bool
    is_to_come: bool


@dataclass(frozen=True)
class Step:
    """A node of a walk. `article` is None where it cannot be read any more; `left` are the steps that may follow."""

    walk: TreeWalk
    node: Node
    text: str
    language: str
    ways: Sequence[Way]
    passed: Sequence[Passed]
    article: ToldArticle | None
    left: int

    @property
    def number(self) -> int:
        """Which step it is, the first being one."""
        return len(self.passed) + 1

    @property
    def of(self) -> int:
        """How many steps it may be to the farthest end."""
        return self.number + self.left

    @property
    def before(self) -> str:
        """The node before it, empty at the first."""
        return self.passed[-1].node if self.passed else ""

    @property
    def is_end(self) -> bool:
        """Whether it offers an answer: an article or a message, where one says whether it helped."""
        return self.node.kind in ("article", "message") and (not self.node.next or self.node.kind == "article")


def open_walk(audience: str, code: str, walk_id: UUID) -> TreeWalk:
    """A walk of a tree that is still told to an audience. Raises `NotFound`."""
    walk = TreeWalk.objects.filter(pk=walk_id, tree__code=code).select_related("tree__live", "version").first()
    told = DecisionTree.objects.told_to(audience)
    allowed = ALLOWED.get(audience, ("public", "customers", "internal"))
    if walk is None or walk.version.audience not in allowed or not told.filter(pk=walk.tree_id).exists():
        raise NotFound
    return walk


def seen_walk(principal: Principal, walk_id: UUID, *, tree: DecisionTree | None = None) -> TreeWalk:
    """A walk of a colleague or a program, of a tree (this one) that this principal may read. Raises `NotFound`."""
    seen = DecisionTree.objects.visible_to(principal)
    rows = TreeWalk.objects.filter(pk=walk_id, channel__in=("staff", "api"), tree__in=seen)
    rows = rows.filter(tree=tree) if tree is not None else rows
    walk = rows.select_related("tree__live", "version").first()
    if walk is None:
        raise NotFound
    return walk


def step_at(walk: TreeWalk, node_id: str, audience: str) -> Step:
    """A node that a walk has come to, in the reader's language where it has it. Raises `NotFound`."""
    graph, language = walk.version.told, get_language() or "it"
    nodes = [one for one, _answer in walk.path]
    node = graph.by_id.get(node_id)
    if node is None or (node_id != walk.at and node_id not in nodes):
        raise NotFound
    path = walk.path[: nodes.index(node_id)] if node_id in nodes else walk.path
    text, spoken = in_language(node.text, language)
    ways = [Way(one.id, *in_language(one.text, language)) for one in node.answers if one.to in graph.by_id]
    article = told_in_step(node, audience) if node.kind == "article" else None
    return Step(walk, node, text, spoken, ways, passed_of(walk, path), article, graph.far.get(node.id, 0))


def told_in_step(node: Node, audience: str) -> ToldArticle | None:
    """The article of a node, as far as an audience may read it."""
    rows = Article.objects.told_to(audience).for_list()
    article = rows.filter(pk=node.article).first() if node.article else None
    text = article.text_in(get_language() or "it") if article else None
    if article is None or text is None:
        return None
    today = clock.today()
    over = article.valid_to is not None and article.valid_to < today
    return ToldArticle(article, text, over, article.valid_from is not None and article.valid_from > today)


def passed_of(walk: TreeWalk, path: Sequence[Sequence[str]]) -> list[Passed]:
    """The way so far in words."""
    graph, found = walk.version.told, []
    titles = _titles(walk, path)
    for node_id, answer_id in path:
        node = graph.by_id.get(node_id)
        if node is not None:
            answer = node.answer(answer_id)
            chosen = said(answer.text) if answer else ""
            found.append(Passed(node.id, said(node.text) or titles.get(node.article, ""), chosen))
    return found


def way_in_words(step: Step) -> str:
    """The walk up to a step, for who looks after it: the tree, each question with what was answered, where it is."""
    lines = [_("Guide: %(name)s") % {"name": step.walk.version.title}]
    lines += [f"– {one.asked} → {one.chosen}" if one.chosen else f"– {one.asked}" for one in step.passed]
    here = step.article.text.title if step.article else step.text
    return "\n".join([*lines, f"– {' '.join(here.split())[:200]}"] if here else lines)


def _titles(walk: TreeWalk, path: Sequence[Sequence[str]]) -> dict[str, str]:
    nodes = [walk.version.told.by_id.get(node_id) for node_id, _answer in path]
    ids = [node.article for node in nodes if node is not None and node.article]
    rows = Article.objects.filter(pk__in=ids).prefetch_related("texts") if ids else []
    return {str(row.pk): row.title for row in rows}
