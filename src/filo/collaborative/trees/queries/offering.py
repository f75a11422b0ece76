"""The trees that may lead on where no article answers a question."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from filo.collaborative.knowledge.questions.stems import stems
from filo.collaborative.trees.graph import Title
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.queries.trees import told_trees

LONGEST = 2000


def trees_for(question_text: str, language: str, audience: str, *, limit: int = 2) -> list[DecisionTree]:
    """The published trees of an audience that match a question best, by their titles, keywords and introductions.

    None where no telling word of a title or keyword is met. `language` is that of the question: what trees say in it
    weighs double.
    """
    asked = _stems(question_text)
    if not asked["it"]:
        return []
    weighed = [(_weight(tree, asked, language[:2]), tree) for tree in told_trees(audience)]
    found = sorted((pair for pair in weighed if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].name))
    return [tree for _found, tree in found[:limit]]


def guide_link(tree: DecisionTree) -> str:
    """Where a published tree for everybody is walked, as a letter names it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('trees:guide', args=[tree.code])}"


def likeliest_first(trees: list[DecisionTree], question_text: str, language: str) -> list[DecisionTree]:
    """All of some trees, those that match a question on top."""
    asked = _stems(question_text)
    return sorted(trees, key=lambda tree: -_weight(tree, asked, language[:2]))


def _stems(text: str) -> dict[str, frozenset[str]]:
    return {spoken: stems(text[:LONGEST], spoken) for spoken in ("it", "en")}


def _weight(tree: DecisionTree, asked: dict[str, frozenset[str]], language: str) -> float:
    texts = tree.live.told.texts if tree.live else {}
    return sum(
        (2.0 if spoken == language else 1.0) * _met(text, asked[spoken], spoken) for spoken, text in texts.items()
    )


def _met(text: Title, asked: frozenset[str], spoken: str) -> float:
    named = len(asked & stems(f"{text.title} {text.words}", spoken))
    return named + 0.25 * len(asked & stems(text.intro, spoken)) if named else 0.0
