"""Many customers at once: chosen in the list, the act, the preview, the run with its progress, and the way back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.errors import InvalidFields
from filo.foundation.filters.asking import tree_of
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.parties.act_forms import ActForm, acts_known, offered_to
from filo.operational.parties.act_words import act_words, examples_of, left_in_words
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.models import BulkEdit, BulkState
from filo.operational.parties.models.bulk import OVER
from filo.operational.parties.queries.bulk import job_of, seen_edit
from filo.operational.parties.services.many.acts import RIGHTS, act_from
from filo.operational.parties.services.many.choosing import MOST, Selection, cancel, choose, prepare, start
from filo.operational.parties.services.many.taking_back import take_back

LONGEST_QUERY = 8_000


@require_POST
def chosen(request: StaffRequest) -> HttpResponse:
    """The list says who: those ticked, or all that it finds."""
    edit = choose(request.principal, _selection(request))
    wanted = request.POST.get("act", "")
    return redirect(_address(edit, wanted if wanted in acts_known() else ""))


def _address(edit: BulkEdit, name: str = "") -> str:
    return f"/parties/many/{edit.pk}" + (f"?act={name}" if name else "")


def _selection(request: StaffRequest) -> Selection:
    if request.POST.get("all"):
        query = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY].removeprefix("?"))
        return Selection(text=query.get("q", "")[:120], tree=tree_of(query, PARTY_FILTERS, request.principal))
    return Selection([UUID(key) for key in request.POST.getlist("chosen")[: MOST + 1] if _is_id(key)])


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_GET
def page(request: StaffRequest, edit_id: UUID) -> HttpResponse:
    """Where it stands: what to do, what that would do, how far it is, what came of it."""
    edit = seen_edit(request.principal, edit_id)
    if edit.state == BulkState.CHOSEN:
        return _choice(request, edit, _asked_act(request))
    return _shown(request, "parties/many.html", _state(request, edit))


def _asked_act(request: StaffRequest) -> str:
    offered = [name for name, _words, _icon in offered_to(request.principal)]
    asked = request.GET.get("act", "")
    return asked if asked in offered else (offered or [""])[0]


def _choice(
    request: StaffRequest, edit: BulkEdit, name: str, form: ActForm | None = None, *, status: int = 200
) -> HttpResponse:
    offered, known = offered_to(request.principal), acts_known()
    if not offered or name not in known:
        request.principal.require("party", "edit")
        raise Http404
    is_previewed = bool(edit.foreseen) and form is None and request.GET.get("preview") == "1"
    context: dict[str, Any] = {
        "edit": edit,
        "offered": offered,
        "here": name,
        "words": known[name][0],
        "form": form or known[name][2](request.principal),
        "previewed": is_previewed,
    }
    if is_previewed:
        foreseen = edit.foreseen or {}
        context |= {
            "act": act_words(act_from(edit.act)),
            "will": foreseen["will"],
            "partly": foreseen["partly"],
            "left": left_in_words(foreseen["left"]),
            "examples": examples_of(request.principal, edit),
        }
    return _shown(request, "parties/many.html", context, status=status)


def _shown(request: StaffRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    part = "parties/_many_choice.html" if "offered" in context else "parties/_many_state.html"
    return render(request, part if wants_fragment(request) else template, {**context, "part": part}, status=status)


@require_POST
def previewed(request: StaffRequest, edit_id: UUID) -> HttpResponse:
    """The act is said; what it would do is reckoned, and nothing changes."""
    edit = seen_edit(request.principal, edit_id)
    name, known = request.POST.get("act", ""), acts_known()
    if name not in known:
        raise Http404
    _words, _icon, form_of, kind = known[name]
    request.principal.require("party", RIGHTS[kind])
    form = form_of(request.principal, request.POST)
    if form.is_valid():
        try:
            prepare(request.principal, edit, form.act())
            return redirect(f"{_address(edit, name)}&preview=1")
        except InvalidFields as refusal:
            form.refuse(refusal)
    return _choice(request, edit, name, form, status=422)


@require_POST
def run(request: StaffRequest, edit_id: UUID) -> HttpResponse:
    """Let a job do what was previewed."""
    edit = start(request.principal, seen_edit(request.principal, edit_id))
    return redirect(_address(edit))


@require_GET
def state(request: StaffRequest, edit_id: UUID) -> HttpResponse:
    """How far it is, for the page that watches."""
    edit = seen_edit(request.principal, edit_id)
    return render(request, "parties/_many_state.html", _state(request, edit))


@require_POST
def stop(request: StaffRequest, edit_id: UUID) -> HttpResponse:
    """Stop it; what is changed stays, until it is taken back."""
    edit = cancel(request.principal, seen_edit(request.principal, edit_id))
    return redirect(_address(edit))


@require_POST
def back(request: StaffRequest, edit_id: UUID) -> HttpResponse:
    """Let a job take it back."""
    edit = take_back(request.principal, seen_edit(request.principal, edit_id))
    return redirect(_address(edit))


def _state(request: StaffRequest, edit: BulkEdit) -> dict[str, Any]:
    act = act_from(edit.act) if edit.act else None
    is_own = edit.created_by_id == request.principal.user_id
    job = job_of(edit)
    return {
        "edit": edit,
        "job": job,
        "words": act_words(act) if act else "",
        "left": left_in_words(edit.left),
        "not_reached": edit.total - edit.position,
        "may_stop": is_own and edit.state in (BulkState.READY, BulkState.RUNNING),
        "may_take_back": bool(act and request.principal.may("party", act.right))
        and edit.state in OVER
        and edit.changed > 0,
    }
