"""The kinds of facts, in the settings."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest
from filo.operational.profile.forms import KindForm
from filo.operational.profile.models import TraitKind
from filo.operational.profile.ready import READY
from filo.operational.profile.services.kinds import add_kind, edit_kind, make_ready_kinds


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every kind."""
    request.principal.require("settings", "view")
    rows = list(TraitKind.objects.all())
    missing = not {row.code for row in rows} >= set(READY)
    return render(request, "profile/kinds.html", {"rows": rows, "missing": missing})


@require_POST
def ready(request: StaffRequest) -> HttpResponse:
    """The ready kinds, where they are missing."""
    request.principal.require("settings", "edit")
    make_ready_kinds()
    messages.success(request, _("Saved."))
    return redirect("profile:kinds")


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """One more kind."""
    request.principal.require("settings", "edit")
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_kind(request.principal, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("profile:kinds")
        except InvalidFields as error:
            form.refuse(error)
    return render(request, "profile/kind.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, kind_id: UUID) -> HttpResponse:
    """Other words, other answers, or out of use."""
    request.principal.require("settings", "edit")
    found = TraitKind.objects.filter(pk=kind_id).first()
    if found is None:
        raise NotFound
    form = KindForm(request.POST or None, of=found)
    if request.method == "POST" and form.is_valid():
        try:
            edit_kind(request.principal, found, **({"choices": []} | form.cleaned_data))
            messages.success(request, _("Saved."))
            return redirect("profile:kinds")
        except InvalidFields as error:
            form.refuse(error)
    return render(request, "profile/kind.html", {"form": form, "found": found}, status=422 if form.errors else 200)
