"""Pages of imports: the list, a new one, and one on its way from the file to the card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.web.paging import capped_count
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.transfer.forms import FileForm, SettingsForm, meanings, shown_mapping, way_of, ways_of
from filo.operational.transfer.mapping import Column, from_json, names_nobody
from filo.operational.transfer.models import OUTCOMES, BatchState, ImportBatch
from filo.operational.transfer.proposed import open_proposals, told_proposals
from filo.operational.transfer.queries import (
    as_seen,
    first_rows,
    has_open_job,
    import_page,
    matches_in,
    recognised_in,
    rejected_rows,
    row_page,
    seen_import,
    seen_rows,
    shown_columns,
    times_in_words,
    told_rows,
)
from filo.operational.transfer.reading import Unreadable
from filo.operational.transfer.services.mappings import keep_mapping
from filo.operational.transfer.services.preparing import correct_import, prepare_import, shape_of
from filo.operational.transfer.services.proposals import decide
from filo.operational.transfer.services.rights import may_edit, require_import
from filo.operational.transfer.services.starting import cancel_import, start_import, try_later
from filo.operational.transfer.services.turning import bring_again, undo_import
from filo.operational.transfer.writing import csv_lines

MOST_SHOWN = 100


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The imports one sees, newest first."""
    page = import_page(request.principal, cursor=request.GET.get("cursor", "")[:400])
    return render(request, "transfer/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A file is handed in."""
    require_import(request.principal)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = prepare_import(
                request.principal,
                file.chunks(),
                file_name=file.name,
                kind=form.cleaned_data["kind"],
                program=form.cleaned_data["program"],
                mapping=form.cleaned_data.get("mapping", ""),
            )
            try_later(request.principal, batch)
            return redirect("transfer:import", batch.id)
        except Unreadable as refusal:
            form.add_error("file", str(refusal))
        except InvalidFields as refusal:
            form.refuse(refusal)
    return render(request, "transfer/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """One import: corrected while it is being prepared, watched while it runs, told when it is over."""
    batch = seen_import(request.principal, batch_id)
    if request.method == "POST":
        return _correct(request, batch)
    if batch.state == BatchState.DRAFT:
        return _draft(request, batch, SettingsForm(request.principal, batch))
    return render(request, "transfer/import.html", {"batch": batch, **_results(request, batch)})


def _correct(request: StaffRequest, batch: ImportBatch) -> HttpResponse:
    form = SettingsForm(request.principal, batch, request.POST)
    if not form.is_valid():
        return _draft(request, batch, form, status=422)
    found = form.cleaned_data
    try:
        with transaction.atomic():  # one request may name several verbs: all or none
            changed = correct_import(
                request.principal,
                batch,
                version=_version(request),
                kind=found["kind"],
                mode=found["mode"],
                encoding=found.get("encoding", batch.encoding),
                delimiter=found.get("delimiter", batch.delimiter),
                has_header=found.get("has_header", batch.has_header),
                part=found.get("part", ""),
                conflict=found.get("conflict", ""),
                keys=form.keys,
                make_firms=found.get("make_firms"),
                show_new=found.get("show_new"),
                fields=_posted(request, batch, "field"),
                ways=_posted(request, batch, "way"),
                defaults=form.defaults,
            )
            if found["mapping_name"]:
                keep_mapping(request.principal, changed, name=found["mapping_name"])
            act = start_import if request.POST.get("do") == "run" else try_later
            act(request.principal, changed)
    except InvalidFields as refusal:
        form.refuse(refusal)
        return _draft(request, batch, form, status=422)
    except Unreadable as refusal:
        form.add_error(None, str(refusal))
        return _draft(request, batch, form, status=422)
    return redirect("transfer:import", batch.id)


def _columns_shown(columns: Sequence[Column], examples: Sequence[Sequence[str]]) -> list[tuple[Any, ...]]:
    """Each with its first cells, how these can be read, and how they are."""
    names_countries = any(column.field.rpartition(".")[2] == "country" for column in columns)
    ways = [ways_of(column, names_countries=names_countries) for column in columns]
    return [
        (column, cells, found, way_of(column, found))
        for column, cells, found in zip(columns, examples, ways, strict=True)
    ]


def _posted(request: StaffRequest, batch: ImportBatch, name: str) -> list[str]:
    """What is chosen for each column."""
    return [request.POST.get(f"{name}-{place}", "")[:60] for place in range(len(batch.headers))]


def _version(request: StaffRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() and len(text) < 10 else None


def _draft(request: StaffRequest, batch: ImportBatch, form: SettingsForm, *, status: int = 200) -> HttpResponse:
    try:
        rows = first_rows(batch, shape_of(batch))
    except (Unreadable, OSError):
        rows = []
    columns = shown_mapping(request.principal, batch)
    seen = shown_columns(request.principal, batch)
    examples = [[cells[place] if seen[place] else "" for _number, cells in rows] for place in range(len(columns))]
    shown: dict[str, Any] = {
        "form": form,
        "columns": _columns_shown(columns, examples),
        "matches": matches_in(request.principal, batch),
        "nobody": names_nobody(batch.kind, from_json(batch.mapping)),
        "meanings": meanings(request.principal, batch.kind),
        **_trial_shown(batch),
    }
    return render(request, "transfer/draft.html", shown, status=status)


@require_GET
def trial(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """What the import would do, as far as that is known; for the page that waits for it."""
    batch = seen_import(request.principal, batch_id)
    if batch.state != BatchState.DRAFT:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "transfer/_trial.html", _trial_shown(batch))


def _trial_shown(batch: ImportBatch) -> dict[str, Any]:
    return {"batch": batch, "trial": batch.trial, "recognised": recognised_in(batch)}


@require_GET
def state(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """How far it is, or what came of it; for the page that watches."""
    batch = seen_import(request.principal, batch_id)
    return render(request, "transfer/_state.html", {"batch": batch, **_results(request, batch)})


def _results(request: StaffRequest, batch: ImportBatch) -> dict[str, Any]:
    if batch.is_under_way or (batch.is_turning and has_open_job(batch)):
        return {"rejected": [], "warned": []}
    found = seen_rows(request.principal, batch)
    waiting = open_proposals(request.principal, batch)
    warned = found.exclude(outcome="rejected").exclude(problems=[])[:MOST_SHOWN]
    return {
        "rejected": as_seen(request.principal, batch, found.filter(outcome="rejected")[:MOST_SHOWN]),
        "warned": as_seen(request.principal, batch, warned) if batch.warned else [],
        "left": told_rows(request.principal, batch, found.exclude(left="")[:MOST_SHOWN]) if batch.left else [],
        "proposals": told_proposals(request.principal, list(waiting[:MOST_SHOWN])),
        "proposals_total": capped_count(waiting),
        "times": times_in_words(batch),
        "most_shown": MOST_SHOWN,
        "may_turn": may_edit(request.principal, batch),
        "is_stalled": batch.is_turning,
    }


@require_GET
def rows(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Row by row: what became of each, and which customer it is."""
    batch = seen_import(request.principal, batch_id)
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in dict(OUTCOMES) else ""
    page = row_page(request.principal, batch, outcome=outcome, cursor=request.GET.get("cursor", "")[:400])
    context = {
        "batch": batch,
        "page": page,
        "rows": told_rows(request.principal, batch, page.rows),
        "outcome": outcome,
        "outcomes": [(code, words, getattr(batch, code)) for code, words in OUTCOMES],
    }
    return render(request, "transfer/rows.html", context)


@require_POST
def cancel(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Stop it; what has come in stays."""
    batch = seen_import(request.principal, batch_id)
    cancel_import(request.principal, batch)
    messages.success(request, _("The import is stopped; what had come in stays until you undo it."))
    return redirect("transfer:import", batch.id)


@require_POST
def undo(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Taken back as a whole; the page tells how far that is, and offers to bring it in again."""
    undo_import(request.principal, seen_import(request.principal, batch_id))
    return redirect("transfer:import", batch_id)


@require_POST
def again(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """What was taken back comes in again."""
    bring_again(request.principal, seen_import(request.principal, batch_id))
    return redirect("transfer:import", batch_id)


@require_POST
def proposals(request: StaffRequest, batch_id: UUID) -> HttpResponse:
    """Values of the file are taken or left: one, or all that wait."""
    batch = seen_import(request.principal, batch_id)
    take = "take" in request.POST
    asked = request.POST.get("take" if take else "leave", "")
    with one_operation() as operation:
        found = decide(request.principal, batch, take=take, chosen=None if asked == "all" else [asked_id(asked)])
    if found.waiting:
        messages.warning(request, _("What was changed since, or is not yours to change, still waits: look again."))
    elif take:
        done = ngettext("%(n)s value taken from the file.", "%(n)s values taken from the file.", found.done)
        messages_with_undo(request, done % {"n": found.done}, operation, reverse("transfer:import", args=[batch.id]))
    return redirect("transfer:import", batch.id)


@require_GET
def rejected(request: StaffRequest, batch_id: UUID) -> StreamingHttpResponse:
    """The rejected rows in the shape of the file, with a column that says why."""
    batch = seen_import(request.principal, batch_id)
    if batch.is_under_way:
        raise DomainError(_("The import is still running."), code="import-running")
    rows = ([*cells, reason] for cells, reason in rejected_rows(request.principal, batch))
    lines = csv_lines([*batch.headers, _("Reason")], rows, delimiter=batch.delimiter)
    name = _("rejected-rows") + f"-{batch.file_name.rpartition('.')[0] or batch.file_name}.csv"
    return StreamingHttpResponse(
        (line.encode() for line in lines),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": str(content_disposition_header(True, name)),
            "Cache-Control": "private, no-store",
        },
    )
