"""Trees are listed, brought in, drawn anew, published and taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query

from filo.collaborative.trees.api.routing import router
from filo.collaborative.trees.api.shapes import TreeBody, TreeList, TreeShape
from filo.collaborative.trees.drafts import facts_from_json
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.queries.exporting import exported, free_code
from filo.collaborative.trees.queries.trees import checked_graph, seen_tree, trees_found
from filo.collaborative.trees.services import draw_tree, publish_tree, retire_tree
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key

SORTS = {
    "name": (Key("name"), Key("id")),
    "-name": (Key("name", descending=True), Key("id", descending=True)),
    "updated": (Key("updated_at"), Key("id")),
    "-updated": (Key("updated_at", descending=True), Key("id", descending=True)),
}


@router.get("/trees", response=TreeList, summary="List decision trees")
def list_trees(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The trees one sees. Orders: name, updated. `q` are words of the name."""
    principal = require(request, "tree", "view")
    page, count = listed(principal, trees_found(principal, asked.q), asked, sorts=SORTS)
    return list_answer([_line(tree) for tree in page.rows], page.next, count)


@router.post("/trees", response={201: TreeShape}, summary="Bring in a decision tree", openapi_extra=VERSIONED)
def add_tree(request: ApiRequest, body: TreeBody) -> HttpResponse:
    """A new draft; where its code is taken it gets another one."""
    principal = require(request, "tree", "create")
    facts = facts_from_json(body.model_dump())
    tree = draw_tree(principal, replace(facts, code=free_code(facts.code)))
    return versioned(request, _whole(principal, tree.id), status=201, headers={"Location": f"/api/v1/trees/{tree.id}"})


@router.get("/trees/{uuid:tree_id}", response=TreeShape, summary="Read a decision tree", openapi_extra=VERSIONED)
def get_tree(request: ApiRequest, tree_id: UUID) -> HttpResponse:
    """All of one tree."""
    return versioned(request, _whole(require(request, "tree", "view"), tree_id))


@router.put("/trees/{uuid:tree_id}", response=TreeShape, summary="Draw a decision tree anew", openapi_extra=VERSIONED)
def put_tree(request: ApiRequest, tree_id: UUID, body: TreeBody) -> HttpResponse:
    """Another state of the draft; what is walked stays until it is published."""
    principal = require(request, "tree", "edit")
    tree = seen_tree(principal, tree_id)
    version = version_to_write(request, tree.version)
    try:
        draw_tree(principal, facts_from_json(body.model_dump(), group_id=tree.group_id), tree, version=version)
    except Stale as error:
        raise stale(_whole(principal, tree_id), body.sent(), error) from None
    return versioned(request, _whole(principal, tree_id))


@router.post(
    "/trees/{uuid:tree_id}/publish", response=TreeShape, summary="Publish a decision tree", openapi_extra=VERSIONED
)
def publish(request: ApiRequest, tree_id: UUID) -> HttpResponse:
    """From now on it is walked as it is drawn; faults are told under `tree` and nothing changes."""
    principal = require(request, "tree", "publish")
    tree = seen_tree(principal, tree_id)
    publish_tree(principal, tree, version=version_to_write(request, tree.version))
    return versioned(request, _whole(principal, tree_id))


@router.post(
    "/trees/{uuid:tree_id}/retire", response=TreeShape, summary="Take a decision tree back", openapi_extra=VERSIONED
)
def retire(request: ApiRequest, tree_id: UUID) -> HttpResponse:
    """Nobody walks it any more."""
    principal = require(request, "tree", "publish")
    retire_tree(principal, seen_tree(principal, tree_id))
    return versioned(request, _whole(principal, tree_id))


def _line(tree: DecisionTree) -> dict[str, Any]:
    return {
        "id": tree.id,
        "name": tree.name,
        "code": tree.code,
        "audience": tree.audience,
        "published": tree.live.number if tree.live else None,
        "changed_since": tree.is_ahead,
        "updated_at": tree.updated_at,
        "version": tree.version,
    }


def _whole(principal: Principal, tree_id: UUID) -> dict[str, Any]:
    tree = seen_tree(principal, tree_id)
    draws = principal.may("tree", "edit")
    found = exported(tree, draft=draws)
    nodes = [_EMPTY | node | {"answers": _answers(node)} for node in found["nodes"]]
    problems = [problem.sentence for problem in checked_graph(tree.drawn, tree.audience)] if draws else []
    about = {"texts": found["texts"], "start": found["start"], "nodes": nodes, "problems": problems}
    return _line(tree) | {"audience": found["audience"]} | about


def _answers(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"value": ""} | answer for answer in node.get("answers", [])]


_EMPTY = dict.fromkeys(("article", "action", "next", "fills", "filter"), "")
