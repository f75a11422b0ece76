"""Sequences: all of them, one with whom it goes to, and how it is written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.inbox.queries.previewing import previewed, talk_to_try, talks_to_try
from filo.collaborative.inbox.queries.writing import mailboxes_to_write_from
from filo.collaborative.sequences.forms import (
    SequenceForm,
    StepForm,
    prefix_of,
    rearranged,
    stored_steps,
    typed_steps,
)
from filo.collaborative.sequences.models import Sequence
from filo.collaborative.sequences.queries.running import (
    figures_of,
    may_stop,
    may_write,
    runs_of,
    seen_sequence,
)
from filo.collaborative.sequences.services.writing import SequenceFacts, keep_sequence, require_writing
from filo.foundation.errors import Forbidden
from filo.foundation.web.requests import StaffRequest, wants_fragment


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """All that one may use, with how often they came to what."""
    _require(request)
    rows = list(Sequence.objects.visible_to(request.principal).prefetch_related("steps")[:200])
    figures = figures_of(request.principal, rows)
    return render(request, "sequences/list.html", {"rows": [(row, figures[row.pk]) for row in rows]})


@require_GET
def page(request: StaffRequest, sequence_id: UUID) -> HttpResponse:
    """One sequence, and whom it goes to."""
    _require(request)
    principal = request.principal
    sequence = seen_sequence(principal, sequence_id)
    runs = [(run, run.state == "running" and may_stop(principal, run)) for run in runs_of(principal, sequence)]
    context = {
        "sequence": sequence,
        "steps": sequence.steps.all(),
        "figures": figures_of(principal, [sequence])[sequence.pk],
        "runs": runs,
        "may_edit": sequence.owner_id == principal.user_id or principal.may("settings", "edit"),
    }
    return render(request, "sequences/sequence.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, sequence_id: UUID | None = None) -> HttpResponse:
    """A new one, or a change; moving a mail writes nothing, and keeps what was typed."""
    _require(request)
    principal, posted = request.principal, request.method == "POST"
    sequence = seen_sequence(principal, sequence_id) if sequence_id else None
    alone = not principal.may("settings", "edit")
    require_writing(principal, sequence, mine=sequence.owner_id is not None if sequence else alone)
    boxes = [box for box in mailboxes_to_write_from(principal) if not box.is_personal]
    start = SequenceForm.of(sequence) if sequence else {"mine": alone, "active": True}
    form = SequenceForm(boxes, request.POST if posted else None, initial=start)
    if not posted:
        steps = [
            _blank(step, place)
            for place, step in enumerate(stored_steps(list(sequence.steps.all()) if sequence else []))
        ]
        return _shown(request, form, steps, sequence)
    typed, act = typed_steps(request.POST), request.POST.get("act", "")
    if act:
        moved, focus = rearranged(typed, act)
        steps = [_blank(step, place) for place, step in enumerate(moved)]
        return _shown(request, form, steps, sequence, focus=focus, moving=act.partition("-")[0])
    steps = [StepForm(request.POST, prefix=prefix_of(place)) for place in range(len(typed))]
    if all([form.is_valid(), *(step.is_valid() for step in steps)]):
        facts = SequenceFacts(
            form.cleaned_data["name"],
            [step.facts for step in steps],
            form.chosen,
            form.cleaned_data["active"],
            form.cleaned_data["mine"],
        )
        kept = keep_sequence(principal, facts, sequence, version=_version(request))
        messages.success(request, _("Saved."))
        return redirect("sequences:sequence", kept.pk)
    return _shown(request, form, steps, sequence, status=422)


@require_POST
def preview(request: StaffRequest) -> HttpResponse:
    """One mail as a real customer would read it, while it is typed."""
    _require(request)
    prefix, typed = request.POST.get("prefix", "")[:20], request.POST
    talk = talk_to_try(request.principal, typed.get("as", ""))
    texts = [
        (language, typed.get(f"{prefix}-subject_{language}", ""), typed.get(f"{prefix}-text_{language}", ""))
        for language in ("it", "en")
    ]
    found = previewed(request.principal, talk, texts)
    return render(request, "inbox/_preview.html", {"texts": found, "talk": talk})


def _blank(step: dict[str, Any], place: int) -> StepForm:
    return StepForm(initial=step, prefix=prefix_of(place))


def _shown(
    request: StaffRequest,
    form: SequenceForm,
    steps: list[StepForm],
    sequence: Sequence | None,
    *,
    focus: int = -1,
    moving: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "steps": steps, "sequence": sequence, "focus": focus, "moving": moving}
    if wants_fragment(request) and moving:
        return render(request, "sequences/_steps.html", context)
    context["talks"] = talks_to_try(request.principal)
    return render(request, "sequences/edit.html", context, status=status)


def _version(request: StaffRequest) -> int | None:
    raw = request.POST.get("version", "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else None


def _require(request: StaffRequest) -> None:
    if not may_write(request.principal):
        raise Forbidden
