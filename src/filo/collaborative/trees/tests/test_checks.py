"""Before it can be published a tree is looked through: each fault is said with the node that has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from filo.collaborative.knowledge.services import retire
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.problems import Problem
from filo.collaborative.trees.queries.trees import checked_graph
from filo.collaborative.trees.services import NotWalkable, publish_tree
from filo.collaborative.trees.tests.drawing import MACHINE, article, both, drawn, parcel, question
from filo.foundation import clock
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def problems(tree: DecisionTree) -> list[Problem]:
    return checked_graph(tree.drawn, tree.audience)


def of(tree: DecisionTree) -> set[tuple[str, str]]:
    return {(problem.node, problem.code) for problem in problems(tree)}


def with_nodes(*more: dict[str, Any], **changes: Any) -> DecisionTree:
    return drawn(nodes=[*parcel()["nodes"], *more], **changes)


def test_a_tree_that_is_whole_is_published(world: World) -> None:
    tree = drawn(article=article().code)
    assert of(tree) == set()
    assert publish_tree(MACHINE, tree).live is not None


def test_a_circle_is_found_and_names_both_ends(world: World) -> None:
    nodes = [question("q1", "Primo?", Avanti="q2"), question("q2", "Secondo?", Indietro="q1", Fine="m1")]
    tree = drawn(nodes=[*nodes, {"id": "m1", "kind": "message", "text": both("Ecco.")}])
    assert of(tree) == {("q2", "cycle")}
    with translation.override("en"):
        sentence = problems(tree)[0].sentence
    assert "Secondo" in sentence or "q2" in sentence


def test_a_node_that_leads_to_itself_is_a_circle(world: World) -> None:
    assert ("q1", "cycle") in of(drawn(nodes=[question("q1", "Ancora?", Sì="q1")]))


def test_two_ways_to_one_node_are_no_circle(world: World) -> None:
    nodes = [
        question("q1", "Dove?", Qui="q2", Là="q3"),
        question("q2", "E poi?", Basta="m1"),
        question("q3", "Sicuro?", Basta="m1"),
        {"id": "m1", "kind": "message", "text": both("Ecco.")},
    ]
    assert of(drawn(nodes=nodes)) == set()


def test_a_question_without_answers_is_a_dead_end(world: World) -> None:
    assert of(drawn(nodes=[question("q1", "E adesso?")])) == {("q1", "dead-end")}


def test_answers_that_lead_nowhere_are_named(world: World) -> None:
    tree = drawn(nodes=[question("q1", "Quale?", Questo="", Quello="q9")])
    assert of(tree) == {("q1", "nowhere")}
    assert {word for word in ("Questo", "Quello") for one in problems(tree) if word in one.sentence} == {
        "Questo",
        "Quello",
    }


def test_what_nothing_reaches_is_named(world: World) -> None:
    assert of(with_nodes({"id": "m9", "kind": "message", "text": both("Nessuno mi legge.")})) == {("m9", "unreached")}


def test_without_a_beginning_it_cannot_begin(world: World) -> None:
    assert of(drawn(start="")) == {("", "no-start")}
    assert of(drawn(nodes=[], code="altro")) == {("", "empty")}


def test_every_step_speaks_the_languages_of_the_title(world: World) -> None:
    nodes = parcel()["nodes"]
    nodes[0]["text"] = {"it": "Che cosa è successo?"}
    nodes[1]["answers"][0]["text"] = {"en": "Yes"}
    assert of(drawn(nodes=nodes)) == {("q1", "missing-en"), ("q2", "missing-it")}


def test_a_tree_in_one_language_may_be_published_and_says_so(world: World) -> None:
    tree = drawn(texts={"it": parcel()["texts"]["it"]})
    assert [(one.code, one.weight) for one in problems(tree)] == [("one-language", "hint")]
    assert publish_tree(MACHINE, tree).live is not None


@pytest.mark.parametrize(
    ("audience", "of_the_article", "wrong"),
    [
        ("public", "public", False),
        ("public", "customers", True),
        ("public", "internal", True),
        ("customers", "customers", False),
        ("customers", "internal", True),
        ("internal", "internal", False),
    ],
)
def test_an_article_is_for_whom_the_tree_is(world: World, audience: str, of_the_article: str, wrong: bool) -> None:
    tree = drawn(article=article(audience=of_the_article).code, audience=audience)
    assert (("k1", "audience") in of(tree)) == wrong


def test_articles_that_are_gone_or_over_or_not_told_are_named(world: World) -> None:
    yesterday = clock.today() - timedelta(days=1)
    assert ("k1", "over") in of(drawn(article=article(valid_to=yesterday).code))
    known = article("resi")
    tree = drawn(article="resi", code="altro")
    retire(MACHINE, known)
    assert ("k1", "unpublished") in of(tree)
    known.delete()
    assert ("k1", "no-article") in of(tree)
    assert ("k1", "no-article") in of(drawn(article="never-was", code="terzo"))


def test_what_is_wrong_is_not_published(world: World) -> None:
    tree = drawn(nodes=[question("q1", "E adesso?")])
    with pytest.raises(NotWalkable) as refused:
        publish_tree(MACHINE, tree)
    assert "E adesso?" in str(refused.value.fields["tree"][0])
    assert DecisionTree.objects.get().live is None


def test_a_long_chain_is_looked_through(world: World) -> None:
    chain = [question(f"q{number}", f"Passo {number}?", Avanti=f"q{number + 1}") for number in range(1, 200)]
    tree = drawn(nodes=[*chain, {"id": "q200", "kind": "message", "text": both("Arrivati.")}])
    assert of(tree) == set()
    assert tree.drawn.far["q1"] == 199
