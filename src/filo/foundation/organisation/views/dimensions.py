"""One list and one form for companies, areas, channels and product lines."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.organisation.dimensions import (
    add_dimension,
    delete_dimension,
    edit_dimension,
    move_dimension,
)
from filo.foundation.organisation.forms import DimensionForm
from filo.foundation.organisation.kinds import KINDS
from filo.foundation.organisation.queries import is_in_use, row_named
from filo.foundation.web.requests import StaffRequest


@require_GET
def dimensions(request: StaffRequest, code: str) -> HttpResponse:
    """All of one kind, in their order."""
    request.principal.require("settings", "view")
    kind = KINDS[code]
    related = ["default_unit", *(name for name in kind.fields if name == "company")]
    rows = kind.model._default_manager.select_related(*related)
    return render(request, "organisation/dimensions.html", {"kind": kind, "rows": list(rows)})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, code: str) -> HttpResponse:
    """One more."""
    request.principal.require("settings", "edit")
    kind = KINDS[code]
    form = DimensionForm(kind, request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and form.done(lambda: add_dimension(request.principal, kind, form.facts)):
        messages.success(request, _("%(name)s is added.") % {"name": form.facts["name"]})
        return redirect(kind.url)
    return render(request, "organisation/dimension.html", {"kind": kind, "form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, code: str, row_id: UUID) -> HttpResponse:
    """Change one."""
    request.principal.require("settings", "edit")
    kind = KINDS[code]
    row = row_named(kind.model, row_id)
    names = ("name", "code", "default_unit", "version", *kind.fields)
    form = DimensionForm(kind, request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        if form.done(lambda: edit_dimension(request.principal, kind, row, version=version, fields=form.facts)):
            messages.success(request, _("Saved."))
            return redirect(kind.url)
    context = {"kind": kind, "form": form, "row": row, "may_delete": not is_in_use(row)}
    return render(request, "organisation/dimension.html", context, status=form.status)


@require_POST
def move(request: StaffRequest, code: str, row_id: UUID) -> HttpResponse:
    """One place up or down."""
    request.principal.require("settings", "edit")
    kind = KINDS[code]
    row = row_named(kind.model, row_id)
    move_dimension(request.principal, kind, row, up=request.POST.get("to") == "up")
    return redirect(kind.url)


@require_POST
def delete(request: StaffRequest, code: str, row_id: UUID) -> HttpResponse:
    """Take away one that nothing refers to."""
    request.principal.require("settings", "edit")
    kind = KINDS[code]
    row = row_named(kind.model, row_id)
    delete_dimension(request.principal, kind, row)
    messages.success(request, _("%(name)s is gone.") % {"name": row.name})
    return redirect(kind.url)
