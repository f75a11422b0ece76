"""A list is taken out: at once when it is short, else watched until its file is ready."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import BadRequest, DomainError, InvalidFields, NotFound
from filo.foundation.exportable import Exportable
from filo.foundation.web.paging import Count
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.exports.downloads import file_of
from filo.operational.exports.forms import ExportForm, wish_of
from filo.operational.exports.models import ExportState
from filo.operational.exports.policies import require_take_out
from filo.operational.exports.queries import export_page, seen_export
from filo.operational.exports.services.asking import ask_for_export, cancel_export
from filo.operational.exports.services.running import carry_out
from filo.operational.exports.wishes import exportable_named
from filo.operational.exports.writing import count_of

AT_ONCE = 2_000
COUNTED = 100_000
LONGEST_QUERY = 9_000


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The exports one sees, newest first."""
    page = export_page(request.principal, cursor=request.GET.get("cursor", "")[:400])
    return render(request, "exports/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponseBase:
    """How many rows it will be, as what, with which columns; then the file, or the page that waits for it."""
    asked = request.POST if request.method == "POST" else request.GET
    exportable, query = _exportable(asked.get("what", "")), asked.get("query", "")
    if len(query) > LONGEST_QUERY:  # cut off it would be another list
        raise BadRequest
    require_take_out(request.principal, exportable)
    form = ExportForm(exportable, request.POST or None)
    number, exact = count_of(request.principal, wish_of(request.principal, exportable, query), COUNTED)
    if request.method == "POST" and form.is_valid():
        wish = form.wish(request.principal, exportable, query)
        is_short = exact and number <= AT_ONCE
        export = ask_for_export(request.principal, wish, in_background=not is_short)
        if not is_short:
            return redirect("exports:export", export.id)
        export = carry_out(export, told=False)
        if export.state != ExportState.DONE:
            raise DomainError(export.error)
        return file_of(request.principal, export)
    template = "exports/_form.html" if wants_fragment(request) else "exports/new.html"
    context = {"exportable": exportable, "query": query, "form": form, "count": Count(number, exact=exact)}
    return render(request, template, context, status=422 if form.errors else 200)


@require_GET
def one(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """How far it is, or its file."""
    return render(request, "exports/export.html", {"export": seen_export(request.principal, export_id)})


@require_GET
def state(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """The same for the page that watches."""
    return render(request, "exports/_state.html", {"export": seen_export(request.principal, export_id)})


@require_POST
def cancel(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """Stop it."""
    cancel_export(request.principal, seen_export(request.principal, export_id))
    messages.success(request, _("The export is stopped."))
    return redirect("exports:export", export_id)


@require_GET
def download(request: StaffRequest, export_id: UUID) -> FileResponse:
    """The file, for whoever asked for it and who looks after all work."""
    if request.principal.viewed_by:
        raise NotFound
    return file_of(request.principal, seen_export(request.principal, export_id))


def _exportable(what: str) -> Exportable:
    try:
        return exportable_named(what)
    except InvalidFields:
        raise NotFound from None
