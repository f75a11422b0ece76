"""The tree of units, and the page of one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.organisation.forms import UnitForm
from filo.foundation.organisation.models import Unit
from filo.foundation.organisation.queries import is_in_use, row_named, unit_tree
from filo.foundation.organisation.services import add_unit, delete_unit, edit_unit
from filo.foundation.web.requests import StaffRequest


@require_GET
def units(request: StaffRequest) -> HttpResponse:
    """The whole tree."""
    request.principal.require("settings", "view")
    return render(request, "organisation/units.html", {"tree": unit_tree()})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A unit under another."""
    request.principal.require("settings", "edit")
    form = UnitForm(request.POST or None, initial={"parent": request.GET.get("under", "")})
    sent = request.method == "POST" and form.is_valid()
    if sent and form.done(lambda: add_unit(request.principal, **form.facts)):
        messages.success(request, _("%(name)s is in the tree.") % {"name": form.facts["name"]})
        return redirect("organisation:units")
    return render(request, "organisation/unit.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
def unit(request: StaffRequest, unit_id: UUID) -> HttpResponse:
    """Rename a unit, or put it under another."""
    request.principal.require("settings", "edit")
    found = row_named(Unit, unit_id)
    initial = {"name": found.name, "code": found.code, "parent": found.parent_id, "version": found.version}
    form = UnitForm(request.POST or None, initial=initial, unit=found)
    if request.method == "POST" and form.is_valid():
        facts = {"parent": None, **form.facts}
        version = form.cleaned_data["version"] or 0
        if form.done(lambda: edit_unit(request.principal, found, version=version, **facts)):
            messages.success(request, _("Saved."))
            return redirect("organisation:units")
    context = {"form": form, "unit": found, "may_delete": found.parent_id and not is_in_use(found)}
    return render(request, "organisation/unit.html", context, status=form.status)


@require_POST
def delete(request: StaffRequest, unit_id: UUID) -> HttpResponse:
    """Take away a unit that nothing refers to."""
    request.principal.require("settings", "edit")
    found = row_named(Unit, unit_id)
    delete_unit(request.principal, found)
    messages.success(request, _("%(name)s is gone.") % {"name": found.name})
    return redirect("organisation:units")
