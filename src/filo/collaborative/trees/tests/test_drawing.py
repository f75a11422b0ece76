"""A tree is drawn, changed by two at once, published and taken back; nonsense is refused in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from filo.collaborative.trees.drafts import facts_from_json
from filo.collaborative.trees.models import DecisionTree, TreeVersion
from filo.collaborative.trees.services import draw_tree, publish_tree, remove_tree, retire_tree
from filo.collaborative.trees.tests.drawing import MACHINE, article, drawn, parcel, told
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_what_is_drawn_is_kept_as_it_was_drawn(world: World) -> None:
    known = article()
    tree = DecisionTree.objects.get(pk=drawn(article="danni").pk)
    graph = tree.drawn
    assert (tree.code, tree.name, graph.start, len(graph.nodes)) == ("pacco", "Pacco", "q1", 6)
    assert graph.by_id["k1"].article == str(known.pk)
    assert graph.texts["en"].title == "A parcel is wrong"


def test_the_same_again_changes_nothing(world: World) -> None:
    tree = drawn()
    assert draw_tree(MACHINE, facts_from_json(parcel()), tree).version == tree.version
    assert AuditEntry.objects.filter(kind="tree").count() == 1


def test_an_address_is_made_of_the_name_and_is_nobody_elses(world: World) -> None:
    assert [drawn(code="").code for _time in range(2)] == ["pacco", "pacco-2"]
    with pytest.raises(InvalidFields):
        drawn(code="pacco")


def test_two_who_draw_at_once_are_told(world: World) -> None:
    tree = drawn()
    draw_tree(MACHINE, facts_from_json(parcel(name="Prima")), tree, version=tree.version)
    with pytest.raises(Stale):
        draw_tree(MACHINE, facts_from_json(parcel(name="Seconda")), tree, version=tree.version)
    assert DecisionTree.objects.get().name == "Prima"


def test_what_was_changed_meanwhile_is_not_published_unseen(world: World) -> None:
    tree = drawn()
    draw_tree(MACHINE, facts_from_json(parcel(name="Altro")), tree)
    with pytest.raises(Stale):
        publish_tree(MACHINE, tree, version=tree.version)
    assert not TreeVersion.objects.exists()


def test_what_is_drawn_further_is_walked_only_when_it_is_published(world: World) -> None:
    tree = told()
    assert not tree.is_ahead
    texts = parcel()["texts"] | {"en": {"title": "Another title"}}
    tree = draw_tree(MACHINE, facts_from_json(parcel(texts=texts)), tree)
    assert tree.is_ahead
    assert tree.live
    assert tree.live.told.texts["en"].title == "A parcel is wrong"
    tree = publish_tree(MACHINE, tree)
    assert tree.live
    assert (tree.live.number, tree.live.told.texts["en"].title) == (2, "Another title")
    assert publish_tree(MACHINE, tree).live == tree.live


def test_it_is_taken_back_and_thrown_away(world: World) -> None:
    tree = retire_tree(MACHINE, told())
    assert tree.live is None
    remove_tree(MACHINE, tree)
    assert not DecisionTree.objects.exists()


def test_who_may_not_publish_does_not_throw_away_what_is_walked(world: World) -> None:
    tree, inside = told(), world.principal("inside")
    with pytest.raises(Forbidden):
        publish_tree(inside, tree)
    with pytest.raises(Forbidden):
        remove_tree(inside, tree)
    assert draw_tree(inside, facts_from_json(parcel(name="Suo")), tree).name == "Suo"


NODE: dict[str, Any] = {"id": "q1", "kind": "message", "text": {"it": "Ecco"}}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        {},
        "a tree",
        7,
        {"name": 3},
        parcel(name=""),
        parcel(code="../etc"),
        parcel(audience="the world"),
        parcel(audience=["public"]),
        parcel(nodes={"q1": {}}),
        parcel(nodes=["q1"]),
        parcel(nodes=[None]),
        parcel(nodes=[NODE, NODE]),
        parcel(nodes=[NODE | {"kind": "jump"}]),
        parcel(nodes=[NODE | {"kind": []}]),
        parcel(nodes=[NODE | {"id": "<b>"}]),
        parcel(nodes=[NODE | {"text": "Ecco"}]),
        parcel(nodes=[NODE | {"text": {"it": ["Ecco"]}}]),
        parcel(nodes=[NODE | {"text": {"fr": "Voilà"}}]),
        parcel(nodes=[NODE | {"text": {"it": "a" * 4001}}]),
        parcel(nodes=[NODE | {"run": "rm -rf"}]),
        parcel(nodes=[NODE | {"kind": "question", "answers": "yes"}]),
        parcel(nodes=[NODE | {"kind": "question", "answers": [{"id": "a", "to": 3}]}]),
        parcel(nodes=[NODE | {"kind": "question", "answers": [{"id": "a"}, {"id": "a"}]}]),
        parcel(nodes=[NODE | {"kind": "question", "answers": [{"id": f"a{n}"} for n in range(13)]}]),
        parcel(nodes=[NODE | {"kind": "action", "action": "explode"}]),
        parcel(nodes=[NODE | {"id": f"m{n}"} for n in range(201)]),
        parcel(texts=["it"]),
        parcel(texts={"de": {"title": "Paket"}}),
        parcel(start={"q1": 1}),
        parcel(surprise=True),
    ],
)
def test_nonsense_is_refused_in_sentences(raw: Any) -> None:
    with pytest.raises(InvalidFields) as refused:
        facts_from_json(raw)
    sentences = [str(sentence) for sentence in refused.value.fields["tree"]]
    assert sentences
    assert all(sentence.endswith((".", "?")) for sentence in sentences)


def test_places_that_are_no_numbers_do_no_harm() -> None:
    for place in ("left", None, True, float("nan"), float("inf"), 10**9, [1]):
        assert facts_from_json(parcel(nodes=[NODE | {"x": place}])).graph.nodes[0].x == 0
    assert facts_from_json(parcel(nodes=[NODE | {"x": 12.6, "y": -40}])).graph.nodes[0].x == 13
