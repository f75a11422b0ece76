"""The guides of Gruppo Aurora, from `trees.toml`, and how they were walked in the last months."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from filo.collaborative.assistant.services.guides import attach_guide
from filo.collaborative.trees.drafts import facts_from_json
from filo.collaborative.trees.graph import Node
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.services import begin_walk, draw_tree, note_person, publish_tree, say_helped, take_step
from filo.config.demo.company import BUILDER
from filo.foundation import clock
from filo.operational.service.models import ServiceGroup

WALKS, OVER_DAYS = 60, 75


def draw_trees() -> None:
    """Those that are not there yet, published."""
    with (Path(__file__).parent / "trees.toml").open("rb") as file:
        found = tomllib.load(file)["tree"]
    groups = {group.name: group.id for group in ServiceGroup.objects.all()}
    for one in found:
        if not DecisionTree.objects.filter(code=one["code"]).exists():
            facts = facts_from_json(_drawn(one), group_id=groups.get(one.get("group", "")))
            tree = publish_tree(BUILDER, draw_tree(BUILDER, facts))
            if one.get("topic"):
                attach_guide(BUILDER, one["topic"], tree)


def walk_trees() -> None:
    """The same visitors each time: most find what they look for, some leave, some ask a person."""
    for tree in DecisionTree.objects.select_related("live").exclude(audience="assistant").order_by("code"):
        chance = Random(tree.code)  # noqa: S311 - a story, not a secret
        for _number in range(WALKS):
            with clock.at(clock.now() - timedelta(minutes=chance.randrange(120, OVER_DAYS * 24 * 60))):
                _walk(tree, chance)


def _walk(tree: DecisionTree, chance: Random) -> None:
    walk = begin_walk(tree, channel=chance.choices(("page", "staff"), (4, 1))[0])
    while chance.random() > 0.07:
        node = walk.version.told.by_id[walk.at]
        if node.kind == "action":
            note_person(walk, node.id)
            return
        if node.kind == "question":
            answer = chance.choices(node.answers, range(len(node.answers) + 1, 1, -1))[0]
            walk = take_step(walk, node.id, answer.id)
        elif chance.random() < 0.75 or not _goes_on(node):
            say_helped(walk, node.id, helped=chance.random() < 0.8)
            return
        else:
            walk = take_step(walk, node.id)


def _goes_on(node: Node) -> bool:
    return bool(node.next)


def _drawn(one: Mapping[str, Any]) -> dict[str, Any]:
    texts = {language: dict(zip(("title", "intro", "words"), one[language], strict=True)) for language in ("it", "en")}
    nodes = [_node(node) for node in one["node"]]
    plain = {name: one[name] for name in ("name", "code", "start")}
    return plain | {"audience": one.get("audience", "public"), "texts": texts, "nodes": nodes}


def _node(one: Mapping[str, Any]) -> dict[str, Any]:
    kind = one.get("kind") or next((kind for kind in ("article", "action", "goods") if kind in one), "question")
    answers = [
        {"id": f"a{number}", "text": {"it": italian, "en": english}, "to": to, "value": next(iter(value), "")}
        for number, (italian, english, to, *value) in enumerate(one.get("answers", []), start=1)
    ]
    plain = {name: one[name] for name in ("id", "article", "action", "next", "fills", "filter") if name in one}
    return plain | {
        "kind": kind,
        "text": {language: one[language] for language in ("it", "en") if language in one},
        "answers": answers,
    }
