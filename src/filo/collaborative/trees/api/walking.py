"""Trees are walked, step by step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from filo.collaborative.trees.api.routing import router
from filo.collaborative.trees.api.shapes import AnswerBody, StepShape
from filo.collaborative.trees.queries.trees import seen_tree
from filo.collaborative.trees.queries.walking import Step, seen_walk, step_at
from filo.collaborative.trees.services import begin_walk, say_helped, take_step
from filo.foundation.rest.requests import ApiRequest, require

AUDIENCE = "internal"


@router.post("/trees/{uuid:tree_id}/walks", response={201: StepShape}, summary="Begin to walk a decision tree")
def begin(request: ApiRequest, tree_id: UUID) -> tuple[int, dict[str, Any]]:
    """Its first node. Who walks is not kept."""
    principal = require(request, "tree", "view")
    walk = begin_walk(seen_tree(principal, tree_id), channel="api")
    return 201, _step(step_at(walk, walk.at, AUDIENCE))


@router.post("/trees/{uuid:tree_id}/walks/{uuid:walk_id}", response=StepShape, summary="Take a step")
def take(request: ApiRequest, tree_id: UUID, walk_id: UUID, body: AnswerBody) -> dict[str, Any]:
    """Answer the node where it stands, or one that was passed: what came after that is left."""
    principal = require(request, "tree", "view")
    walk = seen_walk(principal, walk_id, tree=seen_tree(principal, tree_id))
    if body.helped is not None:
        walk = say_helped(walk, body.node, helped=body.helped)
        node = walk.version.told.by_id[body.node]
        if not body.helped and node.next:
            walk = take_step(walk, body.node)
    else:
        walk = take_step(walk, body.node, body.answer)
    return _step(step_at(walk, walk.at, AUDIENCE))


def _step(step: Step) -> dict[str, Any]:
    told = step.article
    return {
        "walk": step.walk.id,
        "node": step.node.id,
        "kind": step.node.kind,
        "text": step.text,
        "action": step.node.action,
        "answers": [{"id": way.id, "text": way.text} for way in step.ways],
        "article": {
            "code": told.article.code,
            "title": told.text.title,
            "answer": told.text.answer,
            "valid_from": told.article.valid_from,
            "valid_to": told.article.valid_to,
            "holds": not (told.is_over or told.is_to_come),
        }
        if told
        else None,
        "passed": [vars(one).copy() for one in step.passed],
        "number": step.number,
        "of": step.of,
        "is_end": step.is_end or step.node.kind == "action",
        "helped": step.walk.helped,
    }
