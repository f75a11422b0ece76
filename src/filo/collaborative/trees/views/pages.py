"""The list of trees, and the page of one: what it says, how it is walked, what has to be mended."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.trees.drafts import TreeFacts, facts_from_json
from filo.collaborative.trees.forms import GroupForm, ImportForm, NewTreeForm
from filo.collaborative.trees.queries.figures import KEPT_DAYS, figures_of, walked_lately
from filo.collaborative.trees.queries.plotting import told_nodes
from filo.collaborative.trees.queries.trees import checked_graph, faults_of, listed_trees, seen_tree
from filo.collaborative.trees.services import (
    NotWalkable,
    draw_state,
    draw_tree,
    publish_tree,
    remove_tree,
    retire_tree,
)
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import NotFound, Stale
from filo.foundation.web.requests import StaffRequest, posted_version

PERIODS = (7, 30, 90, KEPT_DAYS)


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The trees one sees, with how they are walked."""
    request.principal.require("tree", "view")
    trees = listed_trees(request.principal)
    walked = walked_lately(trees)
    faults = faults_of(trees) if request.principal.may("tree", "edit") else {}
    rows = [{"tree": tree, "walked": walked.get(tree.pk, (0, 0, 0)), "faults": faults.get(tree.pk)} for tree in trees]
    context = {"rows": rows, "may_create": request.principal.may("tree", "create")}
    return render(request, "trees/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new tree, drawn from nothing; a file brings one that is drawn."""
    request.principal.require("tree", "create")
    form, status = NewTreeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            facts = facts_from_json({"name": form.cleaned_data["name"], "audience": form.cleaned_data["audience"]})
            return redirect("trees:edit", draw_tree(request.principal, facts).id)
    return render(request, "trees/new.html", {"form": form, "file_form": ImportForm()}, status=status)


@require_GET
def page(request: StaffRequest, tree_id: UUID) -> HttpResponse:
    """One tree: node by node, how many came, stayed, went on, were helped."""
    principal = request.principal
    principal.require("tree", "view")
    tree = seen_tree(principal, tree_id)
    asked = request.GET.get("days", "30")
    days = int(asked) if asked in {str(period) for period in PERIODS} else 30
    may_write = principal.may("tree", "edit")
    graph = tree.drawn if may_write or tree.live is None else tree.live.told
    figures = figures_of(tree, graph, days=days)
    context = {
        "tree": tree,
        "graph": graph,
        "figures": figures,
        "nodes": told_nodes(graph, figures),
        "days": days,
        "periods": PERIODS,
        "problems": checked_graph(graph, tree.audience) if may_write else [],
        "versions": tree.versions.select_related("author")[:10],
        "may_write": may_write,
        "may_publish": principal.may("tree", "publish"),
        "group_form": GroupForm(initial={"group": tree.group_id}),
    }
    return render(request, "trees/tree.html", context)


@require_POST
def state(request: StaffRequest, tree_id: UUID) -> HttpResponse:
    """Published as it is drawn, or walked no more."""
    tree, address = seen_tree(request.principal, tree_id), reverse("trees:tree", args=[tree_id])
    if request.POST.get("state") not in ("published", "retired"):
        raise NotFound
    try:
        with one_operation() as operation:
            if request.POST["state"] == "published":
                publish_tree(request.principal, tree, version=posted_version(request) or None)
                sentence = _("It is published.")
            else:
                retire_tree(request.principal, tree)
                sentence = _("Nobody walks it any more.")
    except NotWalkable as error:
        messages.error(request, f"{error} {error.fields['tree'][0]}")
    except Stale as error:
        messages.error(request, str(error))
    else:
        messages_with_undo(request, sentence, operation, address)
    return redirect(address)


@require_POST
def group(request: StaffRequest, tree_id: UUID) -> HttpResponse:
    """Another group answers those whom it leads to a person."""
    tree, form = seen_tree(request.principal, tree_id), GroupForm(request.POST)
    if form.is_valid():
        chosen = form.cleaned_data["group"]
        facts = TreeFacts(tree.name, tree.drawn, tree.code, tree.audience, tree.group_id)
        with one_operation() as operation:
            draw_tree(request.principal, replace(facts, group_id=chosen.pk if chosen else None), tree)
        messages_with_undo(request, _("Saved."), operation, reverse("trees:tree", args=[tree_id]))
    return redirect("trees:tree", tree_id)


@require_POST
def draw_again(request: StaffRequest, tree_id: UUID, number: int) -> HttpResponse:
    """What was published before becomes the drawing; it is walked when it is published again."""
    tree = seen_tree(request.principal, tree_id)
    with one_operation() as operation:
        draw_state(request.principal, tree, number)
    address = reverse("trees:tree", args=[tree_id])
    messages_with_undo(request, _("It is drawn as in state %(number)s.") % {"number": number}, operation, address)
    return redirect(address)


@require_POST
def remove(request: StaffRequest, tree_id: UUID) -> HttpResponse:
    """Thrown away; who published it takes it back first."""
    tree = seen_tree(request.principal, tree_id)
    with one_operation() as operation:
        remove_tree(request.principal, tree)
    sentence = _("“%(name)s” is thrown away.") % {"name": tree.name}
    messages_with_undo(request, sentence, operation, reverse("trees:list"))
    return redirect("trees:list")
