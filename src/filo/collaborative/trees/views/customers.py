"""A tree for everybody, walked with plain links and forms; on each step a person is one click away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from filo.collaborative.knowledge.forms import PersonForm
from filo.collaborative.trees.queries.trees import told_tree
from filo.collaborative.trees.queries.walking import Step, open_walk, step_at
from filo.collaborative.trees.services import begin_walk, say_helped, take_step
from filo.collaborative.trees.services.passing_on import ask_person
from filo.foundation.access.principal import system
from filo.foundation.errors import DomainError, InvalidFields, NotFound, TooMany
from filo.foundation.web.limits import may_once_more
from filo.foundation.web.requests import public
from filo.operational.service.queries.finding import status_token

VISITOR, AUDIENCE = system("customer"), "public"
# How often from one address: (times, within seconds).
BEGINNING, STEPPING, WRITING = (60, 600), (120, 60), (5, 900)


@public
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """What a guide is for, and its beginning."""
    tree = told_tree(AUDIENCE, code)
    if request.method == "GET":
        return render(request, "trees/guide/begin.html", {"tree": tree, "live": tree.live})
    if not may_once_more(request, "trees.begin", BEGINNING):
        raise TooMany(retry_after=60)
    walk = begin_walk(tree, channel="page")
    return redirect("trees:guide-step", code, walk.id, walk.at)


@public
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, code: str, walk_id: UUID, node: str) -> HttpResponse:
    """One step: a question with its answers, an article, a message, or what is to be done."""
    found = _step(code, walk_id, node)
    if found is None:
        return _anew(request, code)
    if request.method == "GET":
        return _shown(request, found)
    if not may_once_more(request, "trees.step", STEPPING):
        return _shown(request, found, refusal=_("Too many at once. Wait a moment and try again."), status=429)
    try:
        walk = take_step(found.walk, node, request.POST.get("answer", "")[:40])
    except NotFound:
        raise
    except DomainError as error:
        return _shown(request, found, refusal=str(error), status=422)
    return redirect("trees:guide-step", code, walk.id, walk.at)


@public
@require_POST
def helped(request: HttpRequest, code: str, walk_id: UUID, node: str) -> HttpResponse:
    """Whether it helped; what did not goes on where the guide goes on, else to a person."""
    found = _step(code, walk_id, node)
    if found is None:
        return _anew(request, code)
    if not may_once_more(request, "trees.step", STEPPING):
        return _shown(request, found, refusal=_("Too many at once. Wait a moment and try again."), status=429)
    yes = request.POST.get("helped") == "yes"
    walk = say_helped(found.walk, node, helped=yes)
    if not yes and found.node.next:
        walk = take_step(walk, node)
    return redirect("trees:guide-step", code, walk.id, walk.at)


@public
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, code: str, walk_id: UUID, node: str) -> HttpResponse:
    """To a person: what is asked becomes a request, which tells the way that was walked."""
    found = _step(code, walk_id, node)
    if found is None:
        return _anew(request, code)
    form, status = PersonForm(request.POST or None, initial={"subject": found.walk.version.title}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not may_once_more(request, "trees.person", WRITING):
            form.add_error(None, _("Too many questions from here. Wait a quarter of an hour, or write us a mail."))
            status = 429
        elif form.is_valid():
            if form.cleaned_data["website"]:  # a program filled it in: it may think what it likes
                return redirect("knowledge:kb")
            try:
                ticket = ask_person(VISITOR, found, form.said(), language=_language())
                messages.success(request, _("We have your question. A person will look after it."))
                return redirect("service:status", status_token(ticket))
            except InvalidFields as error:
                form.refuse(error)
    return render(request, "trees/guide/person.html", _context(found) | {"form": form}, status=status)


def _step(code: str, walk_id: UUID, node: str) -> Step | None:
    """The step; None for a walk that is no more, of a guide that is. Raises `NotFound` without a guide."""
    told_tree(AUDIENCE, code)
    try:
        return step_at(open_walk(AUDIENCE, code, walk_id), node, AUDIENCE)
    except NotFound:
        return None


def _anew(request: HttpRequest, code: str) -> HttpResponse:
    messages.info(request, _("This guide begins anew: it was changed, or you were here long ago."))
    return redirect("trees:guide", code)


def _shown(request: HttpRequest, found: Step, *, refusal: str = "", status: int = 200) -> HttpResponse:
    return render(request, "trees/guide/step.html", _context(found) | {"refusal": refusal}, status=status)


def _context(found: Step) -> dict[str, Any]:
    live = found.walk.version
    return {"step": found, "tree": found.walk.tree, "live": live, "is_other_language": found.language != _language()}


def _language() -> str:
    return "en" if (get_language() or "it").startswith("en") else "it"
