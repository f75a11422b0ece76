"""How a tree is walked is counted node by node, without who walked it, and let go after half a year."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.collaborative.trees.models import DecisionTree, TreeStep, TreeWalk
from filo.collaborative.trees.queries.figures import KEPT_DAYS, NodeFigures, figures_of
from filo.collaborative.trees.queries.plotting import parts_of, told_nodes
from filo.collaborative.trees.services import begin_walk, note_person, say_helped, take_step
from filo.collaborative.trees.tests.drawing import told
from filo.foundation import clock
from filo.foundation.privacy.registry import kept_kinds
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def walk(tree: DecisionTree, *answers: str, days_ago: float = 1) -> TreeWalk:
    with clock.at(clock.now() - timedelta(days=days_ago)):
        found = begin_walk(tree, channel="page")
        for answer in answers:
            found = take_step(found, found.at, answer)
    return found


def at(tree: DecisionTree, node: str, **more: int) -> NodeFigures:
    return figures_of(tree, tree.drawn, **more).nodes[node]


def test_each_node_tells_who_came_stayed_and_went_on(world: World) -> None:
    tree = told()
    walk(tree)
    walk(tree, "a1")
    say_helped(walk(tree, "a2"), "m1", helped=True)
    say_helped(walk(tree, "a2"), "m1", helped=False)
    note_person(walk(tree, "a1", "a2"), "t1")
    first, second, message, end = (at(tree, node) for node in ("q1", "q2", "m1", "t1"))
    assert (first.reached, first.left, first.went_on) == (5, 1, 4)
    assert (second.reached, second.left, second.went_on) == (2, 1, 1)
    assert (message.reached, message.helped, message.unhelped, message.left) == (2, 1, 1, 0)
    assert (end.reached, end.person) == (1, 1)
    whole = figures_of(tree, tree.drawn)
    assert (whole.walks, whole.helped, whole.unhelped, whole.person, whole.percent) == (5, 1, 1, 1, 50)


def test_who_turned_back_has_come_there_all_the_same(world: World) -> None:
    tree = told()
    found = walk(tree, "a1")
    take_step(found, "q1", "a2")
    assert (at(tree, "q2").reached, at(tree, "q2").left) == (1, 0)
    assert at(tree, "m1").left == 1


def test_who_is_still_there_has_not_left(world: World) -> None:
    tree = told()
    walk(tree, "a1", days_ago=0)
    assert (at(tree, "q2").reached, at(tree, "q2").left) == (1, 0)


def test_only_the_days_that_are_asked_for_count(world: World) -> None:
    tree = told()
    walk(tree, days_ago=40)
    walk(tree)
    assert (at(tree, "q1", days=30).reached, at(tree, "q1", days=90).reached) == (1, 2)


def test_what_is_old_is_let_go(world: World) -> None:
    tree = told()
    old, new = walk(tree, "a1", days_ago=KEPT_DAYS + 1), walk(tree)
    kind = kept_kinds()["tree-walks"]
    assert kind.house_days == KEPT_DAYS
    kind.purge([old.pk])
    assert list(TreeWalk.objects.values_list("pk", flat=True)) == [new.pk]
    assert set(TreeStep.objects.values_list("walk", flat=True)) == {new.pk}


def test_rows_come_in_the_order_of_the_walk_and_bars_fill_the_line(world: World) -> None:
    tree = told()
    for _time in range(3):
        walk(tree)
    walk(tree, "a1")
    figures = figures_of(tree, tree.drawn)
    rows = told_nodes(tree.drawn, figures)
    assert [row.node.id for row in rows] == ["q1", "q2", "m1", "p1", "t1"]
    assert [row.depth for row in rows] == [0, 1, 1, 1, 2]
    assert [(part.name, part.number) for part in rows[0].parts] == [("went_on", 1), ("left", 3)]
    assert sum(part.length for part in rows[0].parts) == 1000
    assert parts_of(NodeFigures("q1"), 0) == []
