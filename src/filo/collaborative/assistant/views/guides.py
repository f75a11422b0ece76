"""Which trees ask for which topics, and how a tree is gone through before anybody meets it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.assistant.forms import GuideForm
from filo.collaborative.assistant.models import GuidedTopic
from filo.collaborative.assistant.queries.asking import NODE
from filo.collaborative.assistant.queries.guided import fills_of, gone_through
from filo.collaborative.assistant.queries.known import Known
from filo.collaborative.assistant.queries.proposing import proposals_for
from filo.collaborative.assistant.services.guides import attach_guide, detach_guide
from filo.collaborative.shop.queries.shelves import shelf_of, the_shop
from filo.collaborative.trees.queries.trees import seen_tree
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The topics that have a tree, and one more."""
    request.principal.require("settings", "edit" if request.method == "POST" else "view")
    form, status = GuideForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                attach_guide(request.principal, form.cleaned_data["words"], form.cleaned_data["tree"])
                messages.success(request, _("Saved."))
                return redirect("assistant:guides")
            except InvalidFields as error:
                form.refuse(error)
    rows = GuidedTopic.objects.select_related("tree__live")
    context = {"rows": rows, "form": form, "may_edit": request.principal.may("settings", "edit")}
    return render(request, "assistant/guides.html", context, status=status)


@require_POST
def detach(request: StaffRequest, guide_id: UUID) -> HttpResponse:
    """A topic without its tree again."""
    found = GuidedTopic.objects.filter(pk=guide_id).first()
    if found is not None:
        detach_guide(request.principal, found)
        messages.success(request, _("The assistant asks about it as it does without a tree."))
    return redirect("assistant:guides")


@require_GET
def preview(request: StaffRequest, tree_id: UUID) -> HttpResponse:
    """A tree as it is drawn now, asked as customers are asked; nothing is kept of it."""
    request.principal.require("tree", "edit")
    tree, shop = seen_tree(request.principal, tree_id), the_shop()
    if tree.audience != "assistant":
        raise NotFound
    graph, given = tree.drawn, request.GET
    facts = {code: given.getlist(code)[:40] for code in fills_of(graph)}
    ways = {name.removeprefix(NODE): given[name] for name in given if name.startswith(NODE)}
    guided = gone_through(tree.code, graph, facts, ways)
    known = Known(given.get("topic", "")[:120], False, facts, None, guided)
    language = "en" if (get_language() or "it").startswith("en") else "it"
    context = {
        "tree": tree,
        "known": known,
        "questions": guided.asks,
        "kept": [(name, value) for name, values in given.lists() if name != "topic" for value in values],
        "proposals": proposals_for(shelf_of(shop, None), known, language) if shop else [],
        "goods": guided.shows_goods,
    }
    return render(request, "assistant/preview.html", context)
