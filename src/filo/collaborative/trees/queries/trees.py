"""Trees as they are read: one, those of a list, what is wrong with one, and the articles that they name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import QuerySet

from filo.collaborative.knowledge.models import Article
from filo.collaborative.trees.checks import problems_of, stopping
from filo.collaborative.trees.graph import Graph
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.problems import Known, Problem
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.profile.models import TraitKind
from filo.operational.profile.queries import kinds_in_use
from filo.operational.profile.services.kinds import make_ready_kinds

MOST_LISTED = 500


def seen_tree(principal: Principal, tree_id: UUID) -> DecisionTree:
    """A tree that this principal may read. Raises `NotFound`."""
    found = DecisionTree.objects.visible_to(principal).for_list().filter(pk=tree_id).first()
    if found is None:
        raise NotFound
    return found


def told_tree(audience: str, code: str) -> DecisionTree:
    """A published tree by its code, for who is not of the house. Raises `NotFound`."""
    found = DecisionTree.objects.told_to(audience).for_list().filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def listed_trees(principal: Principal) -> list[DecisionTree]:
    """The trees that this principal sees, by name."""
    rows = DecisionTree.objects.visible_to(principal).for_list()
    return list(rows.order_by("name", "id")[:MOST_LISTED])


def trees_found(principal: Principal, text: str) -> QuerySet[DecisionTree]:
    """Those whose names hold all of some words."""
    found = DecisionTree.objects.visible_to(principal).for_list()
    for word in text.split()[:8]:
        found = found.filter(name__icontains=word)
    return found


def walkable_trees(principal: Principal) -> list[DecisionTree]:
    """Those that are published, for colleagues too, by name."""
    rows = DecisionTree.objects.visible_to(principal).filter(live__isnull=False).for_list()
    rows = rows.exclude(live__audience="assistant")
    return list(rows.order_by("name", "id")[:MOST_LISTED])


def told_trees(audience: str = "public") -> list[DecisionTree]:
    """Those that are told to an audience, by name."""
    return list(DecisionTree.objects.told_to(audience).for_list().order_by("name", "id")[:MOST_LISTED])


def articles_known(ids: Collection[str]) -> dict[str, Known]:
    """What checks know of articles; ids that are none, or of none, are left out."""
    asked = [found for found in (_uuid(one) for one in ids) if found is not None]
    rows = Article.objects.filter(pk__in=asked).prefetch_related("texts") if asked else []
    return {
        str(row.pk): Known(
            row.title, row.state, row.audience, row.valid_to, tuple(text.language for text in row.texts.all())
        )
        for row in rows
    }


def checked_graph(graph: Graph, audience: str) -> list[Problem]:
    """What has to be mended in a tree for an audience."""
    return problems_of(graph, audience, articles_known(articles_in(graph)), clock.today(), _facts(audience))


def faults_of(trees: Sequence[DecisionTree]) -> dict[UUID, int]:
    """How much has to be mended in each of some trees before it can be published (again), where anything has to."""
    known = articles_known({one for tree in trees for one in articles_in(tree.drawn)})
    today = clock.today()
    found = {
        tree.pk: len(stopping(problems_of(tree.drawn, tree.audience, known, today, _facts(tree.audience))))
        for tree in trees
    }
    return {pk: number for pk, number in found.items() if number}


def trees_with_article(principal: Principal, article_id: UUID) -> list[DecisionTree]:
    """The trees that lead to an article, as they are drawn or walked."""
    name = str(article_id)
    return [
        tree
        for tree in listed_trees(principal)
        if name in articles_in(tree.drawn) or (tree.live and name in articles_in(tree.live.told))
    ]


def articles_in(graph: Graph) -> list[str]:
    """The ids of the articles that a tree names."""
    return [node.article for node in graph.nodes if node.article]


def codes_of(ids: Collection[str]) -> dict[str, str]:
    """The codes of articles by their ids, by which a file names them."""
    asked = [found for found in (_uuid(one) for one in ids) if found is not None]
    return {str(pk): code for pk, code in Article.objects.filter(pk__in=asked).values_list("pk", "code")}


def ids_of(names: Collection[str]) -> dict[str, str]:
    """The ids of articles by what a file calls them: their codes, or their ids."""
    named = {code: str(pk) for code, pk in Article.objects.filter(code__in=names).values_list("code", "pk")}
    return named | {one: one for one in codes_of([name for name in names if name not in named])}


def facts_to_fill() -> list[TraitKind]:
    """The kinds of the profile that a question of the shop assistant can fill: those with answers to choose from."""
    make_ready_kinds()
    return [kind for kind in kinds_in_use() if kind.type == "choice"]


def _facts(audience: str) -> dict[str, list[str]] | None:
    if audience != "assistant":
        return None
    return {kind.code: [choice[0] for choice in kind.choices] for kind in facts_to_fill()}


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
