"""A colleague walks a tree, beside a request or a conversation or by itself, and keeps the way as a note."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.collaborative.trees.queries.about import About, named_about
from filo.collaborative.trees.queries.offering import likeliest_first
from filo.collaborative.trees.queries.trees import seen_tree, walkable_trees
from filo.collaborative.trees.queries.walking import Step, seen_walk, step_at
from filo.collaborative.trees.services import begin_walk, say_helped, take_step
from filo.collaborative.trees.services.keeping_way import keep_way
from filo.foundation.errors import DomainError, NotFound
from filo.foundation.web.requests import StaffRequest, asked_id, wants_fragment

AUDIENCE = "internal"


@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """The trees that can be walked, those that fit what is asked on top; a chosen one begins."""
    principal = request.principal
    principal.require("tree", "view")
    about = _about(request)
    if request.method == "POST":
        walk = begin_walk(seen_tree(principal, asked_id(request.POST.get("tree"))), channel="staff")
        return _to_step(walk.id, walk.at, about)
    trees = likeliest_first(walkable_trees(principal), about.text, about.language)
    return _part(request, "trees/_begin.html", {"trees": trees, "about": about})


@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, walk_id: UUID, node: str) -> HttpResponse:
    """One step; an answer leads to the next."""
    found, about = _step(request, walk_id, node)
    if request.method == "GET":
        return _shown(request, found, about)
    try:
        walk = take_step(found.walk, node, request.POST.get("answer", "")[:40])
    except NotFound:
        raise
    except DomainError as error:
        return _shown(request, found, about, refusal=str(error), status=422)
    return _to_step(walk.id, walk.at, about)


@require_POST
def helped(request: StaffRequest, walk_id: UUID, node: str) -> HttpResponse:
    """Whether it helped the customer."""
    found, about = _step(request, walk_id, node)
    yes = request.POST.get("helped") == "yes"
    walk = say_helped(found.walk, node, helped=yes)
    if not yes and found.node.next:
        walk = take_step(walk, node)
    return _to_step(walk.id, walk.at, about)


@require_POST
def keep(request: StaffRequest, walk_id: UUID, node: str) -> HttpResponse:
    """The way so far becomes a note on the request or the conversation."""
    found, about = _step(request, walk_id, node)
    keep_way(request.principal, found, about)
    if wants_fragment(request):
        answer = _shown(request, found, about, kept=True)
        # A page is not told of its own changes: what shows the notes is told here.
        shown = "#ticket-story" if about.ticket is not None else "#messages"
        answer["HX-Trigger"] = json.dumps({"filo:changed": {"target": shown}})
        return answer
    messages.success(request, _("The way is kept as a note."))
    return HttpResponseRedirect(about.address)


def _about(request: StaffRequest) -> About:
    return named_about(request.principal, request.GET.get("about", "")[:60])


def _step(request: StaffRequest, walk_id: UUID, node: str) -> tuple[Step, About]:
    request.principal.require("tree", "view")
    return step_at(seen_walk(request.principal, walk_id), node, AUDIENCE), _about(request)


def _to_step(walk_id: UUID, node: str, about: About) -> HttpResponse:
    return redirect(_with(reverse("trees:walk", args=[walk_id, node]), about))


def _with(address: str, about: About) -> str:
    return f"{address}?{urlencode({'about': about.code})}" if about.code else address


def _shown(request: StaffRequest, found: Step, about: About, *, status: int = 200, **more: Any) -> HttpResponse:
    walk, node = found.walk.id, found.node.id
    context = {
        "step": found,
        "about": about,
        "here": _with(reverse("trees:walk", args=[walk, node]), about),
        "judging": _with(reverse("trees:walk-helped", args=[walk, node]), about),
        "keeping": _with(reverse("trees:walk-keep", args=[walk, node]), about) if about.code else "",
        "anew": _with(reverse("trees:walks"), about),
        "back": _with(reverse("trees:walk", args=[walk, found.before]), about) if found.before else "",
        **more,
    }
    return _part(request, "trees/_walk.html", context, status=status)


def _part(request: StaffRequest, part: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The part of a page, or a page of its own around it."""
    if wants_fragment(request):
        return render(request, part, context, status=status)
    return render(request, "trees/walk.html", context | {"part": part}, status=status)
