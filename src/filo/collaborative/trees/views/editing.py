"""A tree is drawn: the page, and what its script sends and asks for."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from filo.collaborative.trees.graph import Graph
from filo.collaborative.trees.models import DecisionTree
from filo.collaborative.trees.queries.figures import figures_of
from filo.collaborative.trees.queries.picking import articles_named, articles_to_pick, facts_shown
from filo.collaborative.trees.queries.trees import articles_in, checked_graph, seen_tree
from filo.collaborative.trees.services import draw_tree
from filo.collaborative.trees.views.sent import problems_shown, sent_tree
from filo.collaborative.trees.words import editor_words
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest


@require_GET
def edit(request: StaffRequest, tree_id: UUID) -> HttpResponse:
    """The drawing with all that its script needs."""
    principal = request.principal
    principal.require("tree", "edit")
    tree = seen_tree(principal, tree_id)
    graph = tree.drawn
    figures = figures_of(tree, graph)
    data = {
        "version": tree.version,
        "tree": drawing_of(tree, graph),
        "articles": articles_named(principal, articles_in(graph)),
        "problems": problems_shown(checked_graph(graph, tree.audience)),
        "figures": {found.node: [found.reached, found.left] for found in figures.nodes.values() if found.reached},
        "words": editor_words(),
        "facts": facts_shown(),
        "save": reverse("trees:save", args=[tree.id]),
        "check": reverse("trees:check", args=[tree.id]),
        "pick": reverse("trees:pick"),
    }
    context = {"tree": tree, "data": data, "may_publish": principal.may("tree", "publish")}
    return render(request, "trees/edit.html", context)


def drawing_of(tree: DecisionTree, graph: Graph) -> dict[str, object]:
    """A tree as the editor draws it."""
    return {"name": tree.name, "code": tree.code, "audience": tree.audience, **graph.to_json()}


@require_POST
def save(request: StaffRequest, tree_id: UUID) -> JsonResponse:
    """Keep the drawing; 412 when somebody else has drawn meanwhile, 422 when it cannot be one."""
    tree = seen_tree(request.principal, tree_id)
    try:
        facts, version = sent_tree(request, tree)
        saved = draw_tree(request.principal, facts, tree, version=version)
    except Stale as error:
        return JsonResponse({"sentence": str(error), "version": error.version}, status=412)
    except InvalidFields as error:
        return JsonResponse({"sentences": _sentences(error)}, status=422)
    problems = checked_graph(saved.drawn, saved.audience)
    return JsonResponse({"version": saved.version, "code": saved.code, "problems": problems_shown(problems)})


@require_POST
def check(request: StaffRequest, tree_id: UUID) -> JsonResponse:
    """What has to be mended in a drawing that is not saved yet."""
    request.principal.require("tree", "edit")
    tree = seen_tree(request.principal, tree_id)
    try:
        facts, _version = sent_tree(request, tree)
    except InvalidFields as error:
        return JsonResponse({"sentences": _sentences(error)}, status=422)
    return JsonResponse({"problems": problems_shown(checked_graph(facts.graph, facts.audience))})


@require_GET
def pick(request: StaffRequest) -> JsonResponse:
    """Articles to put into a tree."""
    request.principal.require("tree", "edit")
    text = request.GET.get("q", "")[:200]
    return JsonResponse({"articles": articles_to_pick(request.principal, text, get_language() or "it")})


def _sentences(error: InvalidFields) -> list[str]:
    return [str(sentence) for sentences in error.fields.values() for sentence in sentences]
