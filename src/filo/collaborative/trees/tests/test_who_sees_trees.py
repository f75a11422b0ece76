"""Person × tree: what is published is every colleague's to walk, drafts are for who draws."""

from __future__ import annotations

import pytest

from filo.collaborative.trees.drafts import facts_from_json
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.policies import TREE_SEEN
from filo.collaborative.trees.services import draw_tree, publish_tree
from filo.collaborative.trees.tests.drawing import drawn, parcel, told
from filo.foundation.errors import Forbidden
from filo.testing.world import World

pytestmark = pytest.mark.django_db
DRAWS = {"admin", "boss", "manager", "inside", "operator"}
PUBLISHES = {"admin", "boss", "operator"}
PEOPLE = ("admin", "boss", "manager", "agent", "inside", "researcher", "operator")


@pytest.mark.parametrize("person", PEOPLE)
def test_drafts_are_for_who_draws(world: World, person: str) -> None:
    draft, walked = drawn(), told(code="detto", audience="internal")
    principal = world.principal(person)
    for tree, seen in ((draft, person in DRAWS), (walked, True)):
        assert TREE_SEEN.allows(principal, tree) == seen
        assert DecisionTree.objects.visible_to(principal).filter(pk=tree.pk).exists() == seen


@pytest.mark.parametrize("person", PEOPLE)
def test_who_may_draw_and_publish(world: World, person: str) -> None:
    tree, principal, facts = drawn(), world.principal(person), facts_from_json(parcel(name="Altro"))
    if person in DRAWS:
        assert draw_tree(principal, facts, tree).name == "Altro"
    else:
        with pytest.raises(Forbidden):
            draw_tree(principal, facts, tree)
    if person in PUBLISHES:
        assert publish_tree(principal, tree).live is not None
    else:
        with pytest.raises(Forbidden):
            publish_tree(principal, tree)


def test_each_audience_is_told_its_own(world: World) -> None:
    for audience in ("public", "customers", "internal"):
        told(code=audience, audience=audience)
    found = {who: {tree.code for tree in DecisionTree.objects.told_to(who)} for who in ("public", "customers", "all")}
    assert found["public"] == {"public"}
    assert found["customers"] == {"public", "customers"}
    assert found["all"] == {"public", "customers", "internal"}
